package dev.broadside.metrics;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ThresholdWatchTest {
  private final RunRecorder recorder = RunRecorder.create();

  private void record(String label, int count, long millis) {
    long nanos = ofMillis(millis).toNanos();
    for (int i = 0; i < count; i++) {
      recorder.record(new Measurement(label, "group", 0, nanos, null, Map.of()));
    }
  }

  private static ThresholdWatch watch(String... thresholds) {
    return new ThresholdWatch(Arrays.stream(thresholds).map(Threshold::parse).toList());
  }

  private boolean isBroken(ThresholdWatch watch, double seconds) {
    return watch.isBroken(recorder, ofMillis(Math.round(seconds * 1000)));
  }

  @Test
  void aRun_isBrokenAfterTenSeconds() {
    ThresholdWatch watch = watch("max < 1s abort");
    record("login", 100, 1500);
    assertThat(isBroken(watch, 9.9)).isFalse();
    assertThat(isBroken(watch, 10)).isTrue();
    assertThat(watch.verdict())
        .isEqualTo(
            new Verdict("max < 1s abort", false, "1.5 s after 10 s, which ended the run", true));
  }

  @Test
  void aRun_isBrokenByAHundredSamplesOfTheLabel() {
    ThresholdWatch watch = watch("pay: max < 1s abort");
    record("login", 1000, 1500);
    assertThat(isBroken(watch, 10)).as("never seen").isFalse();
    record("pay", 99, 1500);
    assertThat(isBroken(watch, 11)).isFalse();
    record("pay", 1, 1);
    assertThat(isBroken(watch, 11.9)).as("looked less than a second ago").isFalse();
    assertThat(isBroken(watch, 12)).isTrue();
  }

  @Test
  void aRun_isNotBrokenByWhatDoesNotAbort() {
    ThresholdWatch watch = watch("max < 1s", "min < 1s abort", "mean < 2s abort");
    record("login", 1, 1);
    record("login", 100, 1500);
    assertThat(isBroken(watch, 10)).isFalse();
  }

  @Test
  void aRun_isBrokenByWhatIsDroppedThoughNothingRuns() {
    ThresholdWatch watch = watch("dropped < 1% abort");
    for (int i = 0; i < 99; i++) recorder.dropped("login", null, 1);
    assertThat(isBroken(watch, 10)).isFalse();
    recorder.dropped("login", null, 1);
    assertThat(isBroken(watch, 11)).isTrue();
    assertThat(watch.verdict().measured()).isEqualTo("100 % after 11 s, which ended the run");
  }

  @Test
  void aRun_isBrokenByWhatIsUnstartedOrLate() {
    ThresholdWatch unstarted = watch("unstarted < 1% abort");
    ThresholdWatch late = watch("late < 1% abort", "response max < 1s abort");
    assertThat(isBroken(late, 10)).as("no schedule yet").isFalse();
    recorder.unstarted("login", null, 100, ofSeconds(3));
    assertThat(isBroken(unstarted, 11)).isTrue();
    for (int i = 0; i < 100; i++) {
      recorder.record(
          new Measurement(
              "login", "group", 0, 2_000_000_000L, Punctuality.LATE, 1, null, Map.of()));
    }
    assertThat(isBroken(late, 12)).isTrue();
    assertThat(late.verdict().measured()).startsWith("50 % after");
  }

  @Test
  void verdictsWithDefaults_haveThoseBehindTheOthers() {
    ThresholdWatch watch = watch("max < 1s abort");
    record("login", 100, 1500);
    assertThat(isBroken(watch, 10)).isTrue();
    assertThat(watch.verdictsWithDefaults(recorder.result(Instant.EPOCH, ofSeconds(10), Map.of())))
        .containsExactly(
            watch.verdict(), new Verdict("errors <= 0% (by default)", true, "0 %", false));
  }

  @Test
  void verdicts_keepWhatEndedTheRun() {
    ThresholdWatch watch = watch("count > 5", "mean < 1s abort", "max < 2s");
    record("login", 100, 1500);
    assertThat(isBroken(watch, 10)).isTrue();
    record("login", 1000, 1); // what still came brings the mean down
    RunResult result = recorder.result(Instant.EPOCH, ofSeconds(11), Map.of());
    assertThat(watch.verdicts(result))
        .extracting(Verdict::passed)
        .containsExactly(true, false, true);
    assertThat(watch.verdicts(result).get(1).measured()).contains("after 10 s");
  }
}
