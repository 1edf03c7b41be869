package dev.broadside.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.broadside.metrics.Measurement;
import dev.broadside.metrics.RunRecorder;
import dev.broadside.metrics.RunResult;
import dev.broadside.metrics.UserCount;
import dev.broadside.metrics.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a reader sees: the report in a real browser. */
class HtmlReportBrowserTest extends ReportInBrowser {
  private static final String HTML =
      "</script><img src=x onerror=\"document.title='broken'\"> & \u202e";

  private static RunResult sample;

  @BeforeAll
  static void makeSample() {
    sample = SampleRun.result();
  }

  /** Runs that a report must bear. */
  private enum Run {
    SAMPLE {
      @Override
      RunResult result() {
        return sample;
      }
    },
    NOTHING {
      @Override
      RunResult result() {
        return RunRecorder.create().result(SampleRun.STARTED, Duration.ZERO, Map.of());
      }
    },
    ONE_FAILURE {
      @Override
      RunResult result() {
        RunRecorder recorder = RunRecorder.create();
        recorder.record(new Measurement("a", "a", 0, 0, "no", Map.of("t", 0L)));
        return recorder.result(SampleRun.STARTED, Duration.ofMillis(300), Map.of());
      }
    },
    HTML_IN_NAMES {
      @Override
      RunResult result() {
        RunRecorder recorder = RunRecorder.create();
        for (int i = 0; i < 3; i++) {
          Map<String, Long> timers = Map.of(HTML, 1000L, "../" + "x".repeat(900), 70_000_000L);
          recorder.record(new Measurement(HTML, "g", i, 1_000_000, i == 0 ? HTML : null, timers));
        }
        return recorder.result(SampleRun.STARTED, Duration.ofSeconds(1), Map.of(HTML, 2L));
      }
    },
    EXTREMES {
      @Override
      RunResult result() {
        RunRecorder recorder = RunRecorder.create();
        long day = Duration.ofDays(1).toNanos();
        for (int i = 0; i < 100; i++) {
          long nanos = (long) Math.pow(10, i % 14);
          recorder.record(new Measurement("a", "a", i * day / 20, nanos, null, Map.of()));
        }
        return recorder.result(SampleRun.STARTED, Duration.ofDays(5), Map.of());
      }
    },
    MANY_TIMERS {
      @Override
      RunResult result() {
        RunRecorder recorder = RunRecorder.create();
        Map<String, Long> timers = new HashMap<>();
        for (int i = 0; i < 2000; i++) timers.put("timer " + i, i * 1000L);
        recorder.record(new Measurement("a", "a", 0, 1_000_000, null, timers));
        recorder.record(new Measurement("a", "a", 2_000_000_000, 1_000_000, null, timers));
        return recorder.result(SampleRun.STARTED, Duration.ofSeconds(10), Map.of());
      }
    };

    abstract RunResult result();
  }

  @ParameterizedTest
  @EnumSource(Run.class)
  void report_hasNoFaultThatABrowserCanTell(Run run) {
    RunResult result = run.result();
    assertNoFault(() -> open(result));
  }

  @Test
  void ticks_haveRoomOnAPhoneForThousandsOfUsers() {
    page.look(PHONE, 900, false);
    open(
        sample.withExpectedUsers(
            List.of(
                new UserCount(Duration.ZERO, 0), new UserCount(Duration.ofMinutes(5), 98_765))));

    assertThat(strings(script("overlappingTicks.js"))).isEmpty();
    assertThat(strings(chart("times") + ".scales.users.ticks.map(tick => tick.label)"))
        .contains("0", "100k");
  }

  @Test
  void faults_areFoundByThoseWhoLookForThem() {
    open(sample);
    page.evaluate(
        "document.querySelector('h1').style.color = getComputedStyle(document.body).backgroundColor");
    page.evaluate(
        "(() => { const x = broadside.axes.clock(); const chart = Object.values(Chart.instances)[0];"
            + " chart.options.scales.x.afterBuildTicks = s => s.ticks = [0, 1, 2].map(value => ({value}));"
            + " chart.update('none') })()");

    assertThat(strings(script("lowContrast.js"))).hasSize(1).first().asString().contains("H1");
    assertThat(strings(script("overlappingTicks.js"))).hasSize(2);
  }

  @Test
  void tables_showTheNumbersOfTheDocument() throws IOException {
    open(sample);
    JsonNode document = JSON.readTree(JsonSummary.text(sample, SampleRun.DETAILS));

    for (String kind : List.of("transactions", "timers")) {
      JsonNode rows =
          page.evaluate(
              "[...document.querySelectorAll('#%s tbody tr')].map(row => [...row.cells].map(c => c.textContent))"
                  .formatted(kind));
      assertThat(rows).hasSameSizeAs(document.get(kind)).isNotEmpty();
      for (int i = 0; i < rows.size(); i++) assertRow(rows.get(i), document.get(kind).get(i));
    }
    assertThat(
            strings("[...document.querySelectorAll('.tiles dt + dd')].map(dd => dd.textContent)"))
        .startsWith("%,d".formatted(sample.all().count()))
        .contains("%,d".formatted(sample.all().failures()));
  }

  private static void assertRow(JsonNode cells, JsonNode summary) {
    assertThat(cells.get(0).textValue()).isEqualTo(summary.get("name").textValue());
    assertThat(number(cells.get(1))).isEqualTo(summary.get("count").doubleValue());
    assertThat(number(cells.get(2))).isEqualTo(summary.get("failures").doubleValue());
    assertClose(number(cells.get(4)), summary.get("rate").doubleValue());
    List<String> times =
        List.of("min", "mean", "p50", "p75", "p90", "p95", "p99", "p99.9", "max", "stdev");
    for (int i = 0; i < times.size(); i++) {
      assertClose(number(cells.get(5 + i)), summary.get("service").get(times.get(i)).doubleValue());
    }
  }

  private static void assertClose(double shown, double exact) {
    assertThat(shown).isCloseTo(exact, within(exact * 0.0051)); // three digits
  }

  /** A number as it is shown; of a time, in milliseconds. */
  private static double number(JsonNode cell) {
    String text = cell.textValue().replace(",", "");
    double value = Double.parseDouble(text.replaceAll("[^0-9.]", ""));
    if (text.endsWith("ns")) return value / 1e6;
    if (text.endsWith("µs")) return value / 1e3;
    if (text.endsWith("ms") || !text.endsWith("s") || text.endsWith("/s")) return value;
    return value * 1e3;
  }

  @Test
  void charts_showTheCurvesOfTheDocument() throws IOException {
    open(sample);
    JsonNode series = JSON.readTree(JsonSummary.text(sample, SampleRun.DETAILS)).at("/all/series");

    JsonNode p99 =
        page.evaluate(
            chart("times") + ".data.datasets.find(d => d.label == 'p99').data.map(p => p.y)");
    JsonNode failed = page.evaluate(chart("failures") + ".data.datasets[0].data.map(p => p.y)");

    assertThat(p99).isEqualTo(series.get("p99")); // with what ended after the run
    assertThat(failed).isEqualTo(series.get("failures"));
  }

  @Test
  void logarithmicCharts_showAllTimesThoughOneTookNone() throws IOException {
    RunRecorder recorder = RunRecorder.create();
    for (int i = 0; i < 200; i++) {
      long nanos = i == 7 ? 0 : (long) (100_000 * Math.pow(1.06, i)); // 0.1 ms to 11 s
      recorder.record(new Measurement("a", "", i * 50_000_000L, nanos, null, Map.of()));
    }
    open(recorder.result(SampleRun.STARTED, Duration.ofSeconds(10), Map.of()));

    for (String id : List.of("times", "distribution")) {
      String axis = chart(id) + ".scales.y";
      assertThat(text(axis + ".type")).as(id).isEqualTo("logarithmic");
      String least =
          "Math.min(...%s.data.datasets.filter(d => !d.yAxisID).flatMap(d => d.data.map(p => p.y)).filter(y => y > 0))"
              .formatted(chart(id));
      assertThat(page.evaluate(axis + ".min").doubleValue())
          .as(id)
          .isGreaterThan(0)
          .isLessThanOrEqualTo(page.evaluate(least).doubleValue());
    }
  }

  @Test
  void verdicts_areSeenBesideLongWords() {
    String words = "no value, since nothing of " + "checkout/".repeat(30) + " has succeeded";
    List<Verdict> verdicts =
        List.of(
            new Verdict("checkout/payment/confirmation: p(99.9) < 200ms", false, words, true),
            new Verdict("errors < 1%", true, "0.2 %", false));
    for (int width : List.of(DESK, PHONE)) {
      page.look(width, 900, false);
      open(sample.withVerdicts(verdicts));

      assertThat(page.evaluate("document.querySelector('.thresholds .scroller').scrollWidth"))
          .as("on %d pixels", width)
          .isEqualTo(page.evaluate("document.querySelector('.thresholds .scroller').clientWidth"));
      assertThat(text("document.querySelector('.thresholds td:nth-child(2)').textContent"))
          .isEqualTo("does not hold, ends the run");
    }
  }

  @Test
  void curves_endBeforeAnIntervalThatIsTooShortToTell() {
    RunRecorder recorder = RunRecorder.create();
    for (int i = 0; i < 41; i++) {
      long nanos = i == 40 ? 900_000_000 : 1_000_000;
      recorder.record(new Measurement("a", "", i * 100_000_000L, nanos, null, Map.of()));
    }
    open(recorder.result(SampleRun.STARTED, Duration.ofMillis(4100), Map.of()));

    for (String id : List.of("throughput", "times")) {
      assertThat(
              page.evaluate(chart(id) + ".data.datasets[0].data.map(p => p.y).slice(-1)")
                  .toString())
          .as(id)
          .isEqualTo("[null]");
    }
  }

  @Test
  void names_areTextWhateverTheyHold() {
    open(Run.HTML_IN_NAMES.result(), ReportDetails.of(HTML), "");

    assertThat(page.evaluate("document.images.length").intValue()).isZero();
    assertThat(text("document.title")).startsWith(HTML);
    assertThat(text("document.querySelector('h1').textContent")).isEqualTo(HTML);
    assertThat(text("document.querySelector('#transactions td').textContent")).isEqualTo(HTML);
    assertThat(text("document.querySelector('#errors .text').textContent")).isEqualTo(HTML);
  }

  @Test
  void show_keepsWhatTheReaderHasDone() {
    page.look(DESK, 900, false);
    open(sample);
    page.evaluate("document.querySelectorAll('#transactions th button')[1].click()");
    page.evaluate("document.querySelector('#errors details').open = true");
    zoomInto("times");
    page.evaluate("scrollTo(0, 700)");
    String state =
        "JSON.stringify([scrollY, document.querySelector('#errors details').open,"
            + " ...['times', 'throughput'].map(id => "
            + chart("${id}")
            + ".scales.x.min),"
            + " [...document.querySelectorAll('#transactions tbody td:first-child')].map(td => td.textContent)])";
    String before = text(state);

    page.evaluate(
        "(() => { const run = JSON.parse(document.getElementById('run').textContent);"
            + " run.transactions[0].count++; run.all.count = 5; run.durationSeconds = 301;"
            + " broadside.show(run) })()");

    assertThat(before).startsWith("[700,true,").endsWith(",[\"browse\",\"search\",\"checkout\"]]");
    assertThat(text(state)).isEqualTo(before);
    assertThat(text("document.querySelector('.tiles dd').textContent")).isEqualTo("5");
    assertThat(page.complaints()).isEmpty();
  }

  @Test
  void zoom_takesTheOtherChartsOverTimeAlong() {
    page.look(DESK, 900, false);
    open(sample);
    String ranges =
        "['throughput', 'times', 'failures'].map(id => "
            + chart("${id}")
            + ".scales.x)"
            + ".map(x => Math.round(x.min) + ' to ' + Math.round(x.max)).join()";

    zoomInto("times");
    String[] zoomed = text(ranges).split(",");
    assertThat(zoomed[0]).isNotEqualTo("0 to 300");
    assertThat(zoomed).containsOnly(zoomed[0]);
    assertThat(page.evaluate(chart("distribution") + ".isZoomedOrPanned()").booleanValue())
        .isFalse();

    page.evaluate("document.querySelector('#throughput .buttons button').click()");
    assertThat(text(ranges)).isEqualTo("0 to 300,0 to 300,0 to 300");
  }

  /** Drags the mouse over the second quarter of a chart. */
  private void zoomInto(String id) {
    page.evaluate("document.getElementById('%s').scrollIntoView()".formatted(id));
    JsonNode at =
        page.evaluate(
            "document.querySelector('#%s canvas').getBoundingClientRect().toJSON()".formatted(id));
    int quarter = at.get("width").intValue() / 4;
    int y = at.get("top").intValue() + at.get("height").intValue() / 2;
    page.drag(at.get("left").intValue() + quarter, y, at.get("left").intValue() + 2 * quarter, y);
    page.await(chart(id) + ".isZoomedOrPanned()");
  }

  @Test
  void colours_followAChangeBetweenLightAndDark() {
    page.look(DESK, 900, false);
    open(sample);
    page.look(DESK, 900, true);

    page.await(chart("times") + ".data.datasets[0].borderColor === '#4cc0bd'");
    page.look(DESK, 900, false);
    page.await(chart("times") + ".data.datasets[0].borderColor === '#35a2a2'");
    assertThat(page.complaints()).isEmpty();
  }

  @Test
  void links_leadToOneChartOfOneLabel() {
    open(sample, SampleRun.DETAILS, "#times=timers%2Fpay");

    assertThat(text("document.querySelector('#charts select').selectedOptions[0].textContent"))
        .isEqualTo("pay");
    assertThat(text("document.querySelector('#times .anchor').hash"))
        .isEqualTo("#times=timers%2Fpay");
    assertThat(
            page.evaluate("document.querySelector('#times').getBoundingClientRect().top")
                .intValue())
        .isBetween(0, 100);

    page.evaluate("document.querySelector('#transactions tbody a').click()");
    page.complaints();
    assertThat(text("document.querySelector('#charts select').value"))
        .isEqualTo("transactions/browse");
  }

  @Test
  void links_mayBeBroken() {
    open(sample);
    page.evaluate("location.hash = '#times=timers%2'");

    assertThat(page.complaints()).isEmpty();
    assertThat(text("document.querySelector('#charts select').value")).isEmpty();
  }

  @Test
  void names_areSeenThoughTheyAreEmpty() {
    RunRecorder recorder = RunRecorder.create();
    recorder.record(new Measurement("", "", 0, 1_000_000, null, Map.of()));
    open(recorder.result(SampleRun.STARTED, Duration.ofSeconds(1), Map.of()));

    assertThat(text("document.querySelector('#transactions td').textContent"))
        .isEqualTo("(no name)");
    assertThat(text("document.querySelector('#charts optgroup option').textContent"))
        .isEqualTo("(no name)");
  }

  @Test
  void serviceTime_isNotDrawnWhereAllFailed() {
    open(Run.ONE_FAILURE.result());

    assertThat(text("document.querySelector('#times figcaption .muted').textContent"))
        .isEqualTo("no success");
    assertThat(page.evaluate("document.querySelector('#times canvas').clientHeight").intValue())
        .isZero();
    assertThat(strings(chart("throughput") + ".scales.x.ticks.map(tick => tick.label)"))
        .containsExactly("0:00");
  }

  @Test
  void times_areOfMinutesWhereTheyAreLong() {
    open(Run.NOTHING.result());

    assertThat(
            strings(
                "[59_900, 59_960, 60_000, 1_764_000, 3_600_000, 99.9].map(broadside.units.time)"))
        .containsExactly("59.9 s", "1 min", "1 min", "29 min 24 s", "1 h", "99.9 ms");
  }

  @Test
  void tables_showTheTimesOfFailuresOnDemand() throws IOException {
    open(sample);
    page.evaluate("document.querySelector('#transactions .noted button').click()");

    JsonNode cells =
        page.evaluate(
            "[...document.querySelectorAll('#transactions tbody td')].map(td => td.textContent)");
    double max = sample.transaction("browse").failed().max().toNanos() / 1e6;
    assertClose(number(cells.get(13)), max);
  }

  @Test
  void livePage_showsWhatItIsTold() throws IOException {
    Path file = folder.resolve("live.html");
    Files.writeString(
        file,
        HtmlReport.livePage(
            "#live { font-weight: bold }", "document.querySelector('#live').append('Turrets');"));
    page.open(file.toUri());

    for (int i = 0; i < 3; i++)
      page.evaluate("broadside.show(" + JsonSummary.brief(sample, SampleRun.DETAILS) + ")");

    assertThat(page.complaints()).isEmpty();
    assertThat(text("document.querySelector('#live').textContent")).isEqualTo("Turrets");
    assertThat(
            page.evaluate("document.querySelectorAll('#transactions tbody tr').length").intValue())
        .isEqualTo(3);
    assertThat(page.evaluate("document.querySelector('.chooser').hidden").booleanValue()).isTrue();
  }

  @Test
  void livePage_showsErrorsThatBeginAlike() throws IOException {
    RunRecorder recorder = RunRecorder.create();
    for (int i = 0; i < 5; i++) {
      String error = "x".repeat(300) + i;
      recorder.record(new Measurement("a", "", 0, 1_000_000, error, Map.of()));
    }
    open(Run.NOTHING.result());
    String brief =
        JsonSummary.brief(
            recorder.result(SampleRun.STARTED, Duration.ofSeconds(1), Map.of()), SampleRun.DETAILS);

    for (int i = 0; i < 3; i++) page.evaluate("broadside.show(" + brief + ")");

    assertThat(page.evaluate("document.querySelectorAll('.errors li').length").intValue())
        .isEqualTo(5);
  }

  @Test
  void curves_areNoPointsAnyMoreWhenTheyHaveGrown() throws IOException {
    RunRecorder recorder = RunRecorder.create();
    open(recorder.result(SampleRun.STARTED, Duration.ofSeconds(1), Map.of()));
    for (int second = 0; second < 5; second++) {
      long start = Duration.ofSeconds(second).toNanos();
      recorder.record(new Measurement("browse", "", start, 1_000_000, null, Map.of()));
      RunResult result =
          recorder.result(SampleRun.STARTED, Duration.ofSeconds(second + 1), Map.of());
      page.evaluate("broadside.show(" + JsonSummary.text(result, SampleRun.DETAILS) + ")");
    }
    String radii = chart("times") + ".getDatasetMeta(0).data.map(point => point.options.radius)";
    assertThat(page.evaluate(radii).toString()).isEqualTo("[0,0,0,0,0]");
  }

  @Test
  void paper_holdsAllRowsAndErrorsAndWholeNames() throws IOException {
    String name = "request ".repeat(60);
    RunRecorder recorder = RunRecorder.create();
    for (int i = 0; i < 200; i++) {
      recorder.record(new Measurement(name + i, "", 0, 1_000_000, "no " + i, Map.of()));
    }
    open(recorder.result(SampleRun.STARTED, Duration.ofSeconds(1), Map.of()));
    String rows =
        "['#transactions tbody tr', '.errors li'].map(s => document.querySelectorAll(s).length)";
    page.evaluate("addEventListener('beforeprint', () => globalThis.printed = %s)".formatted(rows));

    page.print(folder.resolve("all.pdf"));

    assertThat(page.evaluate("printed").toString()).isEqualTo("[200,200]");
    assertThat(page.evaluate(rows).toString()).isEqualTo("[50,30]");
    String isCut =
        "(name => name.scrollHeight > name.clientHeight)(document.querySelector('.name'))";
    assertThat(page.evaluate(isCut).booleanValue()).isTrue();
    page.call("Emulation.setEmulatedMedia", "{\"media\": \"print\"}");
    assertThat(page.evaluate(isCut).booleanValue()).isFalse();
  }

  @Test
  void paper_isLightAndHasRoomForTheCharts() throws IOException {
    page.look(DESK, 900, true);
    open(sample);
    Path pdf = folder.resolve("report.pdf");
    page.evaluate(
        "addEventListener('beforeprint', () => globalThis.printed = [getComputedStyle(document.body).backgroundColor, "
            + chart("times")
            + ".width])");

    page.print(pdf);

    assertThat(page.evaluate("printed").toString()).isEqualTo("[\"rgb(255, 255, 255)\",680]");
    assertThat(Files.size(pdf)).isGreaterThan(10_000);
    assertThat(page.evaluate(chart("times") + ".width").intValue()).isGreaterThan(1000);
  }
}
