package dev.broadside.metrics;

import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScheduleRecorderTest {
  private final ScheduleRecorder recorder = new ScheduleRecorder();

  /** One that was to start at once, and took 5 ms. */
  private static Measurement begun(
      long startMillis, Punctuality punctuality, @Nullable String error) {
    long start = ofMillis(startMillis).toNanos();
    return new Measurement("Buy", "group", 0, start, punctuality, 5_000_000, error, Map.of());
  }

  @Test
  void figures_ofNothingHaveNoSchedule() {
    recorder.record(begun(100, Punctuality.UNSCHEDULED, null));
    assertThat(recorder.figures().starts()).isEqualTo(Starts.NONE);
    assertThat(recorder.figures().response().count()).isZero();
  }

  @Test
  void figures_tellWhatBecameOfEachStart() {
    recorder.record(begun(1, Punctuality.ON_TIME, null));
    recorder.record(begun(100, Punctuality.LATE, null));
    recorder.record(begun(200, Punctuality.LATE, "refused"));
    recorder.dropped(1);
    recorder.unstarted(2, ofMillis(300));
    recorder.schedulerError(90_000);

    ScheduleFigures figures = recorder.figures();
    assertThat(figures.starts()).isEqualTo(new Starts(6, 2, 1, 2, ofMillis(300)));
    assertThat(figures.response().count()).as("successes").isEqualTo(2);
    assertThat(figures.response().max()).isEqualTo(ofMillis(105));
    assertThat(figures.schedulerError().max().toNanos()).isEqualTo(90_000);
  }
}
