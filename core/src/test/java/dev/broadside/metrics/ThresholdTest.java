package dev.broadside.metrics;

import static dev.broadside.metrics.Threshold.percent;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThresholdTest {
  private final RunRecorder recorder = RunRecorder.create();

  private void record(String label, Duration time, @Nullable String error) {
    recorder.record(
        new Measurement(label, "group", 0, time.toNanos(), error, Map.of("pay", 5_000_000L)));
  }

  /** Of a run that took 10 s. */
  private Verdict judge(String threshold) {
    RunResult result = recorder.result(Instant.EPOCH, ofSeconds(10), Map.of());
    return Threshold.parse(threshold).judge(result);
  }

  /** A hundred logins of 1 to 100 ms, and five that failed. */
  private void recordLogins() {
    for (int millis = 1; millis <= 100; millis++) record("login", ofMillis(millis), null);
    for (int i = 0; i < 5; i++) record("login", ofSeconds(30), "refused");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "p(95) < 200ms       | 95 ms",
        "p(99.9) <= 100ms    | 100 ms",
        "min >= 1ms          | 1 ms",
        "max < 1s            | 100 ms",
        "mean < 1m           | 50.5 ms",
        "service mean < 60s  | 50.5 ms",
        "errors < 5%         | 4.76 %",
        "rate > 10/s         | 10.5/s",
        "rate >= 600/min     | 10.5/s",
        "count >= 105        | 105",
        "login: max < 101 ms | 100 ms",
        "login:p(50)<51000us | 50 ms",
        "p(50) < 51000\u00b5s | 50 ms",
        "p(50) < 51000\u03bcs | 50 ms",
        "pay: max < 6ms      | 5 ms",
      })
  void judge_passesWhatHolds(String threshold, String measured) {
    recordLogins();
    assertThat(judge(threshold)).isEqualTo(new Verdict(threshold, true, measured, false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "p(95) < 90ms",
        "p(95) > 200ms",
        "max < 100ms",
        "min > 1ms",
        "mean <= 50ms",
        "errors <= 4.7%",
        "rate < 10/s",
        "count > 105",
        "login: errors < 1% abort",
      })
  void judge_failsWhatDoesNotHold(String threshold) {
    recordLogins();
    assertThat(judge(threshold).passed()).isFalse();
    assertThat(judge(threshold).abort()).isEqualTo(threshold.endsWith("abort"));
  }

  @ParameterizedTest
  @CsvSource({
    "200000000, 200 ms",
    "200040000, 200.04 ms",
    "199999999, 199.999999 ms",
    "231456789, 231 ms",
    "1234567, 1.23 ms",
    "340000, 340 µs",
    "2100000000, 2.1 s",
    "3600000000000, 3600 s",
    "17, 17 ns",
    "0, 0",
  })
  void measured_doesNotLookLikeTheLimitThatItIsNot(double nanos, String words) {
    assertThat(Quantity.TIME.measured(nanos, 200e6)).isEqualTo(words);
  }

  @Test
  void measured_ofOtherQuantities() {
    assertThat(Quantity.SHARE.measured(100.0 / 3, 1)).isEqualTo("33.3 %");
    assertThat(Quantity.SHARE.measured(1.000004, 1)).isEqualTo("1.000004 %");
    assertThat(Quantity.RATE.measured(123456.78, 1)).isEqualTo("123457/s");
    assertThat(Quantity.COUNT.measured(1_234_567, 1)).isEqualTo("1234567");
  }

  @Test
  void judge_failsWhereThereIsNothingToMeasure() {
    assertThat(judge("errors < 1%").measured()).isEqualTo("no transaction");
    record("login", ofMillis(1), "refused");
    assertThat(judge("p(95) < 1s"))
        .isEqualTo(new Verdict("p(95) < 1s", false, "no success", false));
    assertThat(judge("errors < 1%").measured()).isEqualTo("100 %");
    assertThat(judge("count >= 1").passed()).isTrue();
  }

  @Test
  void judge_ofALabelNeverSeenListsThoseThatWere() {
    assertThat(judge("buy: count > 0").measured())
        .isEqualTo("buy was never seen, nor anything else");
    recordLogins();
    assertThat(judge("buy: count < 5"))
        .isEqualTo(
            new Verdict("buy: count < 5", false, "buy was never seen, only login, pay", false));
    IntStream.range(0, 30).forEach(i -> record("label-" + i, ofMillis(1), null));
    assertThat(judge("buy: count < 5").measured())
        .startsWith("buy was never seen, only label-0, label-1")
        .endsWith(" and 22 more");
  }

  @Test
  void judge_ofALabelThatMayBeAmongOthersSaysSo() {
    RunRecorder few = RunRecorder.builder().maxLabels(2).build();
    for (String label : List.of("login", "search", "buy")) {
      few.record(new Measurement(label, "group", 0, 1_000_000, null, Map.of()));
    }
    RunResult result = few.result(Instant.EPOCH, ofSeconds(10), Map.of());
    assertThat(Threshold.parse("buy: count < 5").judge(result).measured())
        .isEqualTo("buy is among (other) or was never seen, only login, search");
  }

  @Test
  void judge_withoutAScheduleSaysSo() {
    recordLogins();
    for (String threshold : List.of("response p(95) < 1s", "late < 1%", "dropped < 1%")) {
      assertThat(judge(threshold).passed()).isFalse();
      assertThat(judge(threshold).measured()).isEqualTo("the run had no schedule");
      assertThat(Threshold.parse(threshold).requiresSchedule()).isTrue();
    }
    assertThat(Threshold.parse("service p(95) < 1s").requiresSchedule()).isFalse();
    assertThat(Threshold.parse("errors < 1%").requiresSchedule()).isFalse();
  }

  /** Of 100: 5 late by 95 ms, 4 dropped, 11 unstarted, each of the others after 1 ms. */
  private void recordSchedule() {
    for (int i = 0; i < 85; i++) {
      boolean late = i < 5;
      long nanos = ofMillis(5).toNanos();
      recorder.record(
          new Measurement(
              "login",
              "group",
              0,
              ofMillis(late ? 95 : 1).toNanos(),
              late ? Punctuality.LATE : Punctuality.ON_TIME,
              nanos,
              null,
              Map.of("pay", nanos)));
    }
    for (int i = 0; i < 4; i++) recorder.dropped("login", null, 1);
    recorder.unstarted("login", null, 11, ofSeconds(2));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "max < 1s                  | 100 ms",
        "response max <= 100ms     | 100 ms",
        "login: max <= 100ms       | 100 ms",
        "service max <= 5ms        | 5 ms",
        "response p(50) < 10ms     | 6 ms",
        "p(50) >= 5.9ms            | 6 ms",
        "response min >= 6ms       | 6 ms",
        "service mean <= 5ms       | 5 ms",
        "late <= 5%                | 5 %",
        "dropped < 5%              | 4 %",
        "login: unstarted <= 11%   | 11 %",
        "count <= 85               | 85",
        "rate >= 8.5/s             | 8.5/s",
        "errors <= 0%              | 0 %",
        "pay: max <= 5ms           | 5 ms",
      })
  void judge_whereThereIsASchedule(String threshold, String measured) {
    recordSchedule();
    assertThat(judge(threshold)).isEqualTo(new Verdict(threshold, true, measured, false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "max < 100ms",
        "response mean < 10ms",
        "late < 5%",
        "dropped <= 3.9%",
        "unstarted <= 0%",
      })
  void judge_failsWhatDoesNotHoldByTheSchedule(String threshold) {
    recordSchedule();
    assertThat(judge(threshold).passed()).isFalse();
  }

  @Test
  void judge_ofALabelWithoutAScheduleSaysSo() {
    recordSchedule();
    assertThat(judge("pay: response max < 1s"))
        .isEqualTo(new Verdict("pay: response max < 1s", false, "pay had no schedule", false));
  }

  @Test
  void judge_whereNothingCameToRun() {
    recorder.dropped("login", null, 1);
    assertThat(judge("dropped < 1%").measured()).isEqualTo("100 %");
    assertThat(judge("response p(95) < 1s").measured()).isEqualTo("no success");
    assertThat(judge("errors < 1%").measured()).isEqualTo("no transaction");
  }

  @Test
  void label_thatIsAWordStandsInQuotes() {
    record("response", ofMillis(77), null);
    assertThat(judge("\"response\": max < 1s").measured()).isEqualTo("77 ms");
    assertThat(Threshold.max().below(ofSeconds(1)).label("response"))
        .hasToString("\"response\": max < 1s");
  }

  @Test
  void label_ofATransactionComesBeforeThatOfATimer() {
    record("pay", ofMillis(77), null);
    assertThat(judge("pay: max < 1s").measured()).isEqualTo("77 ms");
  }

  @Test
  void label_inQuotesMayHoldAnything() {
    record("log: \"in\" \\", ofMillis(77), null);
    assertThat(judge("\"log: \\\"in\\\" \\\\\": max < 1s").measured()).isEqualTo("77 ms");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "p(95) < 200 | p is a time and needs us, ms, s or m, as in 200ms",
        "mean < 5% | % is not a unit of mean; expected us, ms, s or m, as in 200ms",
        "p(95) < 200sec | sec is not a unit of p; expected us, ms, s or m, as in 200ms",
        "errors < 1 | errors is a share and needs %, as in 1%",
        "errors < 1ms | ms is not a unit of errors; expected %, as in 1%",
        "rate > 500 abort | rate needs /s or /min, as in 500/s",
        "count > 5/s | count takes no unit, as in 1000",
        "p95 < 1s | p95 is not a metric; expected p(N), min, max, mean, errors, rate, count, late,"
            + " dropped or unstarted",
        "median < 1s | median is not a metric; expected p(N), min, max, mean, errors, rate, count,"
            + " late, dropped or unstarted",
        "login: | the end is not a metric; expected p(N), min, max, mean, errors, rate, count, late,"
            + " dropped or unstarted",
        "p < 1s | p needs a percentile from 0 to 100, as in p(95)",
        "p(x) < 1s | p needs a percentile from 0 to 100, as in p(95)",
        "p(101) < 1s | a percentile is between 0 and 100, as in p(99.9)",
        "p(95) = 1s | <, <=, > or >= is expected between the metric and its limit",
        "p(95) 1s | <, <=, > or >= is expected between the metric and its limit",
        "p(95) < | a number is expected after <, not the end",
        "p(95) < fast | a number is expected after <, not fast",
        "p(95) < 1s now | only abort is expected behind the limit, not now",
        "p(95) < 1s abort now | only abort is expected behind the limit, not now",
        "errors < 0% | this can never hold",
        "max < 0ms | this can never hold",
        "errors > 100% | this can never hold",
        "errors >= 100.5% | this can never hold",
        "max > 60m | this can never hold",
        "errors > -1% | no errors is below 0",
        "response rate > 1/s | response goes with p(N), min, max and mean, which are times",
        "count > 5 abort | a count grows until the run ends, so abort goes with < and <= only",
        "http://x/y: p(99) < 1s | a label with a colon, a blank or a quote stands in double quotes, as in"
            + " \"log in\": p(99) < 1s",
        "log in: errors < 1% | a label with a colon, a blank or a quote stands in double quotes, as in"
            + " \"log in\": p(99) < 1s",
        "my errors: count > 1 | a label with a colon, a blank or a quote stands in double quotes, as in"
            + " \"log in\": p(99) < 1s",
        "a\"b: p(99) < 1s | a label with a colon, a blank or a quote stands in double quotes, as in"
            + " \"log in\": p(99) < 1s",
        "response: p(95) < 1s | response takes no colon, as in response p(95) < 200ms; a label of"
            + " that name stands in double quotes",
        "service : max < 1s | service takes no colon, as in service p(95) < 200ms; a label of that"
            + " name stands in double quotes",
        "errors < 0 | errors is a share and needs %, as in 1%",
        "p(95) < 1s: abort | s: is not a unit of p; expected us, ms, s or m, as in 200ms",
        "\"log in: p(99) < 1s | a label in quotes ends with a quote and a colon, as in"
            + " \"log in\": p(99) < 1s",
      })
  void faults_areInWords(String threshold, String fault) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Threshold.parse(threshold))
        .withMessage('"' + threshold + "\": " + fault);
  }

  @Test
  void limit_isExact() {
    record("login", Duration.ofNanos(200_100_000), null);
    assertThat(judge("max < 200.1ms").passed()).isFalse();
    assertThat(judge("max <= 200.1ms").passed()).isTrue();
  }

  @Test
  void percentile_ofEqualTimesIsExact() {
    for (int i = 0; i < 1000; i++) record("login", ofMillis(200), null);
    assertThat(judge("p(95) <= 200ms"))
        .isEqualTo(new Verdict("p(95) <= 200ms", true, "200 ms", false));
    assertThat(judge("login: p(0.1) >= 200ms").passed()).isTrue();
  }

  @Test
  void percentile_belowTheLongestIsRoundedUpToItsBucket() {
    for (int i = 0; i < 1000; i++) record("login", ofMillis(200), null);
    record("login", ofMillis(300), null);
    assertThat(judge("p(95) <= 200ms"))
        .isEqualTo(new Verdict("p(95) <= 200ms", false, "200.02 ms", false));
  }

  @Test
  void fault_ofANumberWithoutEnd() {
    String threshold = "count <= " + "9".repeat(400);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Threshold.parse(threshold))
        .withMessageEndingWith(": no figure is so large");
  }

  @Test
  void fault_ofNothingSaysWhatIsExpected() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Threshold.parse(" "))
        .withMessageStartingWith("\"\": a metric is expected, as in p(95) < 200ms");
  }

  @Test
  void builder_writesTheGrammar() {
    assertThat(Threshold.p(95).below(ofMillis(200)).label("login").abort())
        .hasToString("login: p(95) < 200ms abort");
    assertThat(Threshold.p(99.9).atMost(ofSeconds(90)).response())
        .hasToString("response p(99.9) <= 90s");
    assertThat(Threshold.errors().below(percent(0.5)).label("log in \"fast\""))
        .hasToString("\"log in \\\"fast\\\"\": errors < 0.5%");
    assertThat(Threshold.rate().above(500)).hasToString("rate > 500/s");
    assertThat(Threshold.count().atLeast(1000)).hasToString("count >= 1000");
    assertThat(Threshold.mean().below(Duration.ofNanos(1_500)).service())
        .hasToString("service mean < 1.5us");
  }

  @Test
  void builder_agreesWithTheParser() {
    for (Threshold built :
        List.of(
            Threshold.p(95).below(ofMillis(200)).label("a b:c").abort(),
            Threshold.min().above(ofMillis(1)).service(),
            Threshold.max().below(Duration.ofNanos(1_234_567)).label("x[gold]"),
            Threshold.mean().below(ofSeconds(1)).label("service").response(),
            Threshold.dropped().below(percent(1)),
            Threshold.late().atMost(percent(1)),
            Threshold.unstarted().atMost(percent(0)),
            Threshold.rate().atLeast(0.5))) {
      assertThat(Threshold.parse(built.toString())).isEqualTo(built).hasSameHashCodeAs(built);
    }
  }

  @Test
  void builder_refusesWhatTheParserRefuses() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Threshold.errors().below(percent(0)))
        .withMessage("\"errors < 0%\": this can never hold");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Threshold.p(-1).below(ofMillis(1)))
        .withMessage("\"p(-1) < 1ms\": a percentile is between 0 and 100, as in p(99.9)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Threshold.rate().above(Double.NaN))
        .withMessage("limit: NaN");
  }
}
