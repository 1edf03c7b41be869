package dev.broadside.metrics;

import static dev.broadside.metrics.Threshold.noWorseThan;
import static dev.broadside.metrics.Threshold.percent;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BaselineThresholdTest {
  private static final String FEW = "; a baseline of 1 run tells little, take 5";

  /** Of 10, 11 and 12 ms at least. */
  private static Baseline threeRuns() {
    return Baseline.of(SteadyRun.ofLogins(ofMillis(10)))
        .plus(SteadyRun.ofLogins(ofMillis(12)))
        .plus(SteadyRun.ofLogins(ofMillis(11)));
  }

  private static BaselineThreshold tenPercentAbove(RunResult before) {
    return noWorseThan(Baseline.of(before), percent(10));
  }

  @Test
  void judge_comparesWithTheWorstRun() {
    Threshold threshold = noWorseThan(threeRuns(), percent(10));
    assertThat(threshold.judge(SteadyRun.ofLogins(ofMillis(13))))
        .isEqualTo(
            new Verdict(
                "p(50), p(95), p(99) at most 10% above the baseline",
                true,
                "p(50) 19.4 ms against 17.9 ms; p(95) 25.2 ms against 23.3 ms;"
                    + " p(99) 25.8 ms against 23.8 ms",
                false));
    assertThat(threshold.judge(SteadyRun.ofLogins(ofMillis(15))))
        .isEqualTo(
            new Verdict(
                "p(50), p(95), p(99) at most 10% above the baseline",
                false,
                "p(50) 22.4 ms is 25 % above 17.9 ms; p(95) 29.1 ms is 25.1 % above 23.3 ms;"
                    + " p(99) 29.7 ms is 24.9 % above 23.8 ms",
                false));
  }

  @Test
  void judge_takesWhatMayBeChanceForNoFault() {
    RunResult stalled =
        new SteadyRun()
            .between(ofSeconds(0), ofSeconds(9))
            .with("login", ofMillis(10))
            .between(ofSeconds(9), ofSeconds(10))
            .with("login", ofMillis(1000))
            .result();
    Verdict verdict =
        tenPercentAbove(SteadyRun.ofLogins(ofMillis(10))).percentiles(95).judge(stalled);
    assertThat(verdict.measured())
        .startsWith("p(95) 1.49 s is ")
        .endsWith(" above 19.4 ms, which may be chance" + FEW);
    assertThat(verdict.passed()).isTrue();
  }

  @Test
  void judge_ofATooShortRunSaysSo() {
    RunResult few =
        new SteadyRun().between(ofSeconds(0), ofSeconds(9)).with("login", ofMillis(10)).result();
    BaselineThreshold threshold = tenPercentAbove(SteadyRun.ofLogins(ofMillis(10)));
    assertThat(threshold.percentiles(99).judge(few))
        .isEqualTo(
            new Verdict(
                "p(99) at most 10% above the baseline",
                false,
                "p(99) is unknown: the run had 900 successes, and it takes 1000" + FEW,
                false));
    assertThat(threshold.percentiles(50).judge(few).measured())
        .isEqualTo("p(50) is unknown: the run had no success in slice 10 of 10" + FEW);
    assertThat(
            tenPercentAbove(few)
                .percentiles(99.9)
                .judge(SteadyRun.ofLogins(ofMillis(10)))
                .measured())
        .isEqualTo("p(99.9) is unknown: the run had 1000 successes, and it takes 10000" + FEW);
    assertThat(
            tenPercentAbove(few).percentiles(99).judge(SteadyRun.ofLogins(ofMillis(10))).measured())
        .isEqualTo("p(99) is unknown: the baseline had 900 successes, and it takes 1000" + FEW);
  }

  @Test
  void judge_decidesByWhatIsKnown() {
    BaselineThreshold threshold =
        tenPercentAbove(SteadyRun.ofLogins(ofMillis(10))).percentiles(50, 99.9);
    assertThat(threshold.judge(SteadyRun.ofLogins(ofMillis(10))).passed()).isTrue();
    assertThat(threshold.judge(SteadyRun.ofLogins(ofMillis(12))).passed()).isFalse();
    assertThat(threshold.judge(SteadyRun.ofLogins(ofMillis(12))).measured())
        .isEqualTo(
            "p(50) 17.9 ms is 20.1 % above 14.9 ms; p(99.9) is unknown: the run had 1000 successes,"
                + " and it takes 10000"
                + FEW);
  }

  @Test
  void judge_withoutTenIntervalsSaysSo() {
    RunRecorder recorder = RunRecorder.builder().interval(ofSeconds(2)).build();
    for (int i = 0; i < 100; i++) {
      recorder.record(new Measurement("login", "group", 0, 1_000_000, null, Map.of()));
    }
    RunResult coarse = recorder.result(Instant.EPOCH, ofSeconds(10), Map.of());
    assertThat(tenPercentAbove(coarse).percentiles(50).judge(coarse).measured())
        .isEqualTo(
            "p(50) is unknown: the run had fewer than ten intervals, too few for ten slices" + FEW);
  }

  @Test
  void label_isThatOfATransactionOrATimer() {
    RunResult before =
        new SteadyRun().with("login", ofMillis(10)).with("buy", ofMillis(10)).result();
    RunResult now = new SteadyRun().with("login", ofMillis(10)).with("buy", ofMillis(20)).result();
    BaselineThreshold threshold = tenPercentAbove(before);
    assertThat(threshold.label("login").judge(now).passed()).isTrue();
    assertThat(threshold.label("buy").judge(now).passed()).isFalse();
    assertThat(threshold.label("pay").judge(now).passed()).isFalse();
    assertThat(threshold.label("sell").judge(now).measured())
        .isEqualTo("sell was never seen, only buy, login, pay");
    assertThat(tenPercentAbove(SteadyRun.ofLogins(ofMillis(10))).label("buy").judge(now).measured())
        .isEqualTo("buy is not in the baseline, only login, pay");
  }

  @Test
  void times_areResponseTimesWhereBothHaveASchedule() {
    RunResult punctual = new SteadyRun().late(ofMillis(0)).with("login", ofMillis(10)).result();
    RunResult late = new SteadyRun().late(ofMillis(30)).with("login", ofMillis(10)).result();
    RunResult unscheduled = SteadyRun.ofLogins(ofMillis(10));
    BaselineThreshold threshold = tenPercentAbove(punctual).percentiles(50);

    assertThat(threshold.judge(late))
        .isEqualTo(
            new Verdict(
                "p(50) at most 10% above the baseline",
                false, "response times: p(50) 44.9 ms is 201 % above 14.9 ms" + FEW, false));
    assertThat(threshold.service().judge(late).measured())
        .isEqualTo("service times: p(50) 14.9 ms against 14.9 ms" + FEW);
    assertThat(threshold.judge(unscheduled).measured()).startsWith("service times: ");
    assertThat(threshold.response().judge(unscheduled).measured())
        .isEqualTo("the run had no schedule");
    assertThat(tenPercentAbove(unscheduled).response().judge(late).measured())
        .isEqualTo("the baseline had no schedule");
  }

  @Test
  void advice_isGivenBelowThreeRuns() {
    RunResult result = SteadyRun.ofLogins(ofMillis(10));
    Baseline two = Baseline.of(result).plus(result);
    assertThat(noWorseThan(two, percent(10)).judge(result).measured())
        .endsWith("; a baseline of 2 runs tells little, take 5");
    assertThat(noWorseThan(two.plus(result), percent(10)).judge(result).measured())
        .doesNotContain("baseline");
  }

  @Test
  void toString_saysWhatIsCompared() {
    BaselineThreshold threshold = noWorseThan(threeRuns(), percent(12.5));
    assertThat(threshold.label("log in").response().percentiles(99.9))
        .hasToString("\"log in\": response p(99.9) at most 12.5% above the baseline");
    assertThat(threshold.response().requiresSchedule()).isTrue();
    assertThat(threshold.requiresSchedule()).isFalse();
    assertThat(threshold.limitsErrorsOf("login")).isFalse();
  }

  @Test
  void faults_areInWords() {
    BaselineThreshold threshold = tenPercentAbove(SteadyRun.ofLogins(ofMillis(10)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> noWorseThan(threeRuns(), percent(-1)))
        .withMessage("tolerance is not 0 or more: -1.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> threshold.percentiles(100))
        .withMessage("percentile not between 0 and 100: 100.0");
    assertThatThrownBy(threshold::abort)
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage(
            "\"p(50), p(95), p(99) at most 10% above the baseline\": whole runs are compared, so it"
                + " cannot end one early");
  }
}
