package dev.broadside.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.broadside.metrics.Latencies;
import dev.broadside.metrics.Measurement;
import dev.broadside.metrics.RunNote;
import dev.broadside.metrics.RunRecorder;
import dev.broadside.metrics.RunResult;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a reader sees of a run with a schedule. */
class ScheduledReportBrowserTest extends ReportInBrowser {
  private static final String LEGEND =
      ".legend.legendItems.filter(item => !item.hidden).map(item => item.text)";

  private static RunResult sample;
  private static JsonNode document;

  @BeforeAll
  static void makeSample() throws IOException {
    sample = ScheduledSample.result();
    document = JSON.readTree(JsonSummary.text(sample, ScheduledSample.DETAILS));
  }

  private List<String> texts(String selector) {
    return strings(
        "[...document.querySelectorAll('%s')].map(e => e.textContent)".formatted(selector));
  }

  private boolean isShown(String selector) {
    return page.evaluate(
            "document.querySelector('%s').getClientRects().length > 0".formatted(selector))
        .booleanValue();
  }

  @Test
  void report_hasNoFaultThatABrowserCanTell() {
    assertNoFault(() -> open(sample, ScheduledSample.DETAILS, ""));
  }

  @Test
  void report_bearsARunInWhichNothingBegan() {
    RunRecorder recorder = RunRecorder.create();
    recorder.dropped(null, null, 1);
    recorder.unstarted("browse", null, 7, Duration.ofSeconds(2));

    assertNoFault(() -> open(recorder.result(SampleRun.STARTED, Duration.ofSeconds(3), Map.of())));
    assertThat(texts("#schedule tbody td"))
        .containsExactly("browse", "7", "0", "0", "0", "7", "2.00s");
    assertThat(texts("#schedule tfoot td"))
        .containsExactly("all", "8", "0", "0", "1", "7", "2.00s");
  }

  @Test
  void intervals_shorterThanATenthOfASecondAreMilliseconds() {
    RunRecorder recorder = RunRecorder.builder().interval(Duration.ofMillis(20)).build();
    recorder.record(new Measurement("browse", "a", 0, 1_000_000, null, Map.of()));

    open(recorder.result(SampleRun.STARTED, Duration.ofSeconds(2), Map.of()));
    assertThat(texts("body")).singleElement().asString().contains("each 20 ms");
  }

  @Test
  void schedule_tellsWhatBecameOfTheStarts() {
    open(sample);

    JsonNode starts = document.at("/all/starts");
    assertThat(texts("#schedule tbody tr")).hasSize(2);
    assertThat(texts("#schedule tfoot td"))
        .startsWith(
            "all", count(starts, "scheduled"), count(starts, "onTime"), count(starts, "late"))
        .contains(count(starts, "dropped"), count(starts, "unstarted"));
    assertThat(texts("#schedule p b"))
        .allSatisfy(error -> assertThat(error).matches("p50 .* µs, p99 .*, max .*"));
    assertThat(texts(".tiles dt"))
        .contains("Late", "Dropped", "Unstarted", "p99 response")
        .doesNotContain("p99");
    assertThat(texts("#seeds td"))
        .containsExactly("arrivals", "42", "users.csv", "-6148914691236517205");
    assertThat(texts("nav a")).contains("Schedule", "Seeds");
  }

  private static String count(JsonNode starts, String field) {
    return "%,d".formatted(starts.get(field).longValue());
  }

  @Test
  void tables_showResponseAboveService() {
    open(sample);
    String cells = "[...document.querySelectorAll('#transactions tbody tr:first-child td')]";
    String p99 = cells + "[11]";
    JsonNode browse = document.at("/transactions/0");

    assertThat(text(p99 + ".firstChild.textContent + ' ' + " + p99 + ".children[0].textContent"))
        .isEqualTo(time(browse.at("/response/p99")));
    assertThat(text(p99 + ".querySelector('.below').firstChild.textContent"))
        .isEqualTo(time(browse.at("/service/p99")).replaceAll(" .*", ""));
    assertThat(texts("#transactions .noted span").get(0)).contains("from the intended start");
    assertThat(texts("#timers .noted span")).containsExactly("Times are those of successes.");
    assertThat(texts("#timers .below")).isEmpty();

    page.evaluate("document.querySelector('#transactions .noted button').click()");
    assertThat(texts("#transactions .below")).isEmpty();
    assertThat(texts("#transactions .noted span")).containsExactly("Times are those of failures.");
    page.evaluate("document.querySelector('#transactions .noted button').click()");
    assertThat(texts("#transactions .below")).isNotEmpty();
  }

  private String time(JsonNode millis) {
    return text("broadside.units.time(" + millis + ")");
  }

  @Test
  void charts_drawResponseAndService() {
    open(sample);

    assertThat(curve("p99")).isEqualTo(document.at("/all/series/response/p99"));
    assertThat(curve("Service p99")).isEqualTo(document.at("/all/series/p99"));
    assertThat(curve("p99")).isNotEqualTo(curve("Service p99"));
    assertThat(strings(chart("times") + LEGEND))
        .contains("p99", "Max", "Service p50", "Service p99");
    assertThat(strings(chart("distribution") + LEGEND))
        .containsExactly("Response", "Service", "Failed");
    assertThat(texts("#times h3 span")).containsExactly("Response time");
  }

  private JsonNode curve(String label) {
    return page.evaluate(
        chart("times")
            + ".data.datasets.find(d => d.label == '%s').data.map(p => p.y)".formatted(label));
  }

  @Test
  void charts_ofATimerHaveServiceTimesAlone() {
    open(sample, ScheduledSample.DETAILS, "#times=timers%2Ffirst%20byte");

    assertThat(texts("#times h3 span")).containsExactly("Service time");
    assertThat(strings(chart("times") + LEGEND)).containsExactly("p50", "p90", "p95", "p99", "Max");
    assertThat(strings(chart("distribution") + LEGEND)).startsWith("Succeeded");
  }

  @Test
  void notes_areSeenAndThoseThatFailCountAmongTheVerdicts() {
    open(sample);

    assertThat(texts(".notes li")).hasSize(2).last().asString().startsWith("Failed browse ended");
    assertThat(text("document.querySelector('#verdict').textContent"))
        .isEqualTo("Failed: 1 of 2 thresholds, 1 note");

    RunNote note = new RunNote("<b>nobody</b> came", true);
    open(unscheduled().withGenerator(Latencies.EMPTY, Map.of(), List.of(note)));
    assertThat(text("document.querySelector('#verdict').textContent")).isEqualTo("Failed: 1 note");
    assertThat(texts(".notes bdi")).containsExactly("<b>nobody</b> came");
  }

  private static RunResult unscheduled() {
    RunRecorder recorder = RunRecorder.create();
    recorder.record(new Measurement("a", "a", 0, 1_000_000, "no", Map.of()));
    return recorder.result(SampleRun.STARTED, Duration.ofSeconds(1), Map.of());
  }

  @Test
  void report_ofARunWithoutAScheduleShowsNothingOfIt() {
    open(unscheduled());

    for (String part : List.of("#schedule", "#seeds", ".notes", "#verdict")) {
      assertThat(isShown(part)).as(part).isFalse();
    }
    assertThat(texts(".tiles dt"))
        .containsExactly("Transactions", "Rate", "Failed", "Median", "p95", "p99", "Max");
  }

  @Test
  void errors_tellHowLateTheirSampleBegan() {
    open(sample);

    assertThat(texts("#errors .sample dt"))
        .contains("Began at", "After its intended start", "Took");
  }

  @Test
  void livePage_beginsToShowAScheduleWhenThereIsOne() {
    open(unscheduled());
    for (int i = 0; i < 2; i++) {
      page.evaluate("broadside.show(" + JsonSummary.brief(sample, ScheduledSample.DETAILS) + ")");
    }

    assertThat(page.complaints()).isEmpty();
    assertThat(isShown("#schedule")).isTrue();
    assertThat(texts("#transactions .below")).isNotEmpty();
    assertThat(texts(".notes li")).hasSize(2);
    assertThat(strings(chart("distribution") + LEGEND)).startsWith("Response", "Service");
  }
}
