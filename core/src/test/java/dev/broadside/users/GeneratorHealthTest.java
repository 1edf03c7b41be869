package dev.broadside.users;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.broadside.metrics.Measurement;
import dev.broadside.metrics.Punctuality;
import dev.broadside.metrics.RunNote;
import dev.broadside.metrics.ScheduleFigures;
import dev.broadside.metrics.ScheduleRecorder;
import dev.broadside.users.GeneratorHealth.Usage;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GeneratorHealthTest {
  private static final Usage USAGE = new Usage(ofMillis(1_200), ofMillis(18_400));

  /** Of a hundred starts each second, two have this error. */
  private static ScheduleFigures figures(Duration error) {
    ScheduleRecorder recorder = new ScheduleRecorder();
    for (int i = 0; i < 1_000; i++) {
      recorder.record(new Measurement("it", "", 0, 0, Punctuality.ON_TIME, 1, null, Map.of()));
      recorder.schedulerError(i % 50 == 0 ? error.toNanos() : 50_000);
    }
    return recorder.figures();
  }

  @Test
  void note_tellsWhatTheRunTook() {
    RunNote note = GeneratorHealth.note(figures(ofMillis(30)), ofSeconds(10), USAGE);
    assertThat(note).isNotNull();
    assertThat(note.failure()).isFalse();
    assertThat(note.text())
        .contains("one start in a hundred began more than 30.0 ms later than it should")
        .contains("in the 10.0 s of the run the JVM spent 1.2 s in garbage collections")
        .contains("18.4 s of CPU");
  }

  @Test
  void note_isNoneUpToOneMillisecond() {
    assertThat(GeneratorHealth.note(figures(ofMillis(1)), ofMillis(100), USAGE)).isNull();
    assertThat(GeneratorHealth.note(figures(ofMillis(2)), ofMillis(100), USAGE)).isNotNull();
  }

  @Test
  void note_isNoneUpToATenthOfTheGap() {
    assertThat(GeneratorHealth.note(figures(ofMillis(4)), ofSeconds(50), USAGE)).isNull(); // 5 ms
    assertThat(GeneratorHealth.note(figures(ofMillis(6)), ofSeconds(50), USAGE)).isNotNull();
  }

  @Test
  void note_isNoneWithoutASchedule() {
    assertThat(GeneratorHealth.note(ScheduleFigures.NONE, ofSeconds(10), USAGE)).isNull();
  }

  @Test
  void usage_grows() {
    Usage before = Usage.now();
    System.gc();
    Usage since = Usage.now().since(before);
    assertThat(since.collecting()).isGreaterThanOrEqualTo(Duration.ZERO);
    assertThat(since.cpu()).isGreaterThanOrEqualTo(Duration.ZERO);
  }

  @Test
  void concerns_whatHasASchedule() {
    ClosedProfile users = LoadProfile.users(1);
    assertThat(GeneratorHealth.concerns(users)).isFalse();
    assertThat(GeneratorHealth.concerns(users.thinkTime(ofMillis(1)))).isFalse();
    assertThat(GeneratorHealth.concerns(users.pacing(ofMillis(1)))).isTrue();
    assertThat(GeneratorHealth.concerns(users.pacing(ofMillis(1)).restart())).isFalse();
    assertThat(GeneratorHealth.concerns(LoadProfile.rate(1))).isTrue();
  }
}
