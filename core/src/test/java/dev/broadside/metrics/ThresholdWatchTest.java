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
