package dev.broadside.report;

import static dev.broadside.metrics.Punctuality.LATE;
import static dev.broadside.metrics.Punctuality.ON_TIME;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.broadside.metrics.Latencies;
import dev.broadside.metrics.Measurement;
import dev.broadside.metrics.Punctuality;
import dev.broadside.metrics.RunNote;
import dev.broadside.metrics.RunRecorder;
import dev.broadside.metrics.RunResult;
import dev.broadside.metrics.ScheduleRecorder;
import dev.broadside.metrics.Thresholds;
import dev.broadside.metrics.Verdict;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the reports tell of a run with a schedule, beside what they tell of any. */
class ScheduledRunTest {
  private static final ReportDetails DETAILS = ReportDetails.of("shop");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RunRecorder recorder = RunRecorder.create();

  private void record(
      String label, Punctuality punctuality, long lateMillis, @Nullable String error) {
    long intended = ofMillis(2000).toNanos();
    long start = intended + ofMillis(lateMillis).toNanos();
    recorder.record(
        new Measurement(
            label, label, intended, start, punctuality, 1_000_000, error, Map.of("part", 5L)));
  }

  /** Nine on time, one late, one dropped and two unstarted. */
  private void recordBrowsing() {
    for (int i = 0; i < 9; i++) record("browse", ON_TIME, 0, null);
    record("browse", LATE, 900, "HTTP 500");
    record("browse", LATE, 500, null);
    recorder.dropped("browse", null, 1);
    recorder.unstarted("browse", null, 2, ofMillis(1200));
  }

  private RunResult result() {
    return recorder.result(SampleRun.STARTED, ofSeconds(10), Map.of());
  }

  private RunResult resultOfAGenerator() {
    return result()
        .withGenerator(
            schedulerError(),
            Map.of("arrivals", -6_148_914_691_236_517_205L),
            List.of(
                new RunNote("the generator could not keep up", false),
                new RunNote("the shop is \u001b[31m empty", true)));
  }

  private static Latencies schedulerError() {
    ScheduleRecorder schedule = new ScheduleRecorder();
    for (int i = 1; i <= 100; i++) schedule.schedulerError(i * 1000);
    return schedule.figures().schedulerError();
  }

  private static JsonNode json(RunResult result) throws IOException {
    return JSON.readTree(JsonSummary.text(result, DETAILS));
  }

  @Test
  void json_hasResponseBesideServiceAndWhatBecameOfTheStarts() throws IOException {
    recordBrowsing();

    for (String path : List.of("/all", "/transactions/0", "/groups/0")) {
      JsonNode figures = json(result()).at(path);
      assertThat(figures.at("/service/max").doubleValue()).as(path).isEqualTo(1);
      assertThat(figures.at("/response/max").doubleValue()).as(path).isEqualTo(501);
      assertThat(figures.at("/response/count").longValue()).as(path).isEqualTo(10);
    }
    assertThat(json(result()).at("/transactions/0/response/distribution")).isNotEmpty();
    assertThat(json(result()).at("/transactions/0/starts").toString())
        .isEqualTo(
            "{\"scheduled\":14,\"onTime\":9,\"late\":2,\"dropped\":1,\"unstarted\":2,"
                + "\"longestWaitMillis\":1200}");
  }

  @Test
  void json_ofTheSeriesHasResponseTimesToo() throws IOException {
    record("browse", ON_TIME, 0, null);
    record("browse", LATE, 900, null);
    record("browse", LATE, 1900, "HTTP 500");

    JsonNode series = json(result()).at("/transactions/0/series");
    assertThat(series.get("max").toString()).isEqualTo("[null,null,1,null]");
    assertThat(series.at("/response/max").toString()).isEqualTo("[null,null,901,null]");
    assertThat(series.at("/response/p50").toString()).isEqualTo("[null,null,1,null]");
    assertThat(json(result()).at("/timers/0/series").has("response")).isFalse();
  }

  @Test
  void json_ofASampleTellsItsLateness() throws IOException {
    record("browse", LATE, 900, "HTTP 500");

    JsonNode sample = json(result()).at("/errors/0/sample");
    assertThat(sample.get("intendedStartSeconds").doubleValue()).isEqualTo(2);
    assertThat(sample.get("latenessMillis").doubleValue()).isEqualTo(900);
    assertThat(sample.get("startSeconds").doubleValue()).isEqualTo(2.9);
  }

  @Test
  void json_tellsOfTheGenerator() throws IOException {
    recordBrowsing();

    JsonNode document = json(resultOfAGenerator());
    assertThat(document.at("/schedulerError/max").doubleValue()).isEqualTo(0.1);
    assertThat(document.get("seeds").toString())
        .isEqualTo("{\"arrivals\":\"-6148914691236517205\"}");
    assertThat(document.get("notes").findValuesAsText("failure")).containsExactly("false", "true");
    assertThat(document.get("passed").booleanValue()).isFalse();
  }

  @Test
  void json_hasNothingOfThatWithoutASchedule() throws IOException {
    recorder.record(new Measurement("browse", "", 0, 1_000_000, "no", Map.of()));

    JsonNode document = json(result());
    for (String field :
        List.of("response", "starts", "schedulerError", "seeds", "notes", "latenessMillis")) {
      assertThat(document.findValues(field)).as(field).isEmpty();
    }
    assertThat(document.get("version").intValue()).isEqualTo(1);
  }

  @Test
  void json_ofWhatNeverBeganHasAScheduleAndNoTimes() throws IOException {
    recorder.dropped("browse", null, 1);

    JsonNode all = json(result()).get("all");
    assertThat(all.get("response").toString()).isEqualTo("{\"count\":0}");
    assertThat(all.at("/starts/dropped").longValue()).isEqualTo(1);
  }

  @Test
  void console_showsResponseBeneathService() {
    recordBrowsing();

    assertThat(ConsoleReport.text(resultOfAGenerator()))
        .isEqualTo(
            """
            10.0 s from 2026-11-22T05:40:00Z: 11 transactions, 1 failed (9.1 %), 1.1/s

            transaction  count  failed   rate     min    mean     p50     p90     p95     p99     max
            browse          11       1  1.1/s  1.0 ms  1.0 ms  1.0 ms  1.0 ms  1.0 ms  1.0 ms  1.0 ms

            response, from the intended start     min   mean     p50     p90     p95     p99     max
            browse                             1.0 ms  51 ms  1.0 ms  1.0 ms  501 ms  501 ms  501 ms

            14 scheduled = 9 on time + 2 late + 1 dropped + 2 unstarted; longest wait 1.2 s
            scheduler's own error: p50 50 µs, p99 99 µs, max 100 µs

            timer  count  failed   rate   min  mean   p50   p90   p95   p99   max
            part      11       1  1.1/s  5 ns  5 ns  5 ns  5 ns  5 ns  5 ns  5 ns

            error     count  first   last
            HTTP 500      1  2.9 s  2.9 s

            note: the generator could not keep up
            FAILED: the shop is \\u001b[31m empty
            seeds: arrivals -6148914691236517205
            """);
  }

  @Test
  void console_showsTheStartsOfEachOfSeveral() {
    recordBrowsing();
    record("search", ON_TIME, 0, null);

    assertThat(ConsoleReport.text(result()))
        .contains(
            """

            starts  scheduled  on time  late  dropped  unstarted  longest wait
            browse         14        9     2        1          2         1.2 s
            search          1        1     0        0          0             0
            """)
        .containsPattern("(?s)response, from.*\nall .*scheduled = ");
  }

  @Test
  void console_isAtMostAHundredColumnsWide() {
    String name = "A-very-long-name-of-a-transaction-".repeat(10);
    record(name, LATE, 123_456, null);
    record("b", LATE, 123_456, null);
    for (String label : List.of(name, "b")) {
      for (int i = 0; i < 3; i++)
        recorder.unstarted(label, null, 123_456_789_012L, ofSeconds(123_456));
    }
    List<RunNote> notes =
        List.of(new RunNote("word ".repeat(90), false), new RunNote("\u20ac😀".repeat(600), true));
    RunResult result = result().withGenerator(schedulerError(), Map.of(name, 1L), notes);

    assertThat(ConsoleReport.text(result).lines())
        .allSatisfy(line -> assertThat(line.codePoints().count()).isLessThan(101))
        .anySatisfy(line -> assertThat(line).startsWith("  word word"))
        .anySatisfy(line -> assertThat(line).startsWith("  \u20ac"));
  }

  @Test
  void junit_failsByNotesThatSayTheRunFailed() {
    recordBrowsing();

    String xml = JUnitXml.text(resultOfAGenerator(), DETAILS);
    assertThat(xml)
        .contains("tests=\"2\" errors=\"0\" skipped=\"0\" failures=\"2\"")
        .contains(
            "<property name=\"starts\" value=\"14 scheduled = 9 on time + 2 late + 1 dropped"
                + " + 2 unstarted; longest wait 1.2 s\"/>")
        .contains("<property name=\"seed arrivals\" value=\"-6148914691236517205\"/>")
        .contains("<property name=\"note\" value=\"the generator could not keep up\"/>")
        .contains("classname=\"shop.notes\"", "<failure message=\"the shop is \ufffd[31m empty\"");
  }

  @Test
  void junit_namesTheErrorsThatADefaultForbids() {
    recordBrowsing();
    RunResult result = result();
    List<Verdict> verdicts =
        Thresholds.withDefaults(List.of(), result).stream().map(it -> it.judge(result)).toList();

    assertThat(JUnitXml.text(result.withVerdicts(verdicts), DETAILS))
        .contains("tests=\"4\" errors=\"0\" skipped=\"0\" failures=\"4\"")
        .contains(
            "name=\"errors &lt;= 0% (by default)\"", "name=\"unstarted &lt;= 0% (by default)\"")
        .contains("1 × HTTP 500");
  }
}
