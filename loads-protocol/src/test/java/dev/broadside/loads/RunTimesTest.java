package dev.broadside.loads;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunTimesTest {
  private static final Instant STARTED = Instant.parse("2026-11-22T10:00:00Z");
  private static final long CLOCK = Long.MAX_VALUE - 1_000_000; // about to run over

  @Test
  void hits_endBeforeTheirLimit() {
    RunTimes times = times("LOADS_TOTAL_HITS", "2", Duration.ofMillis(400)); // limit 4 s
    assertThat(times.untilInterrupt(CLOCK)).isEqualTo(millis(3300));
    assertThat(times.untilLimit(CLOCK)).isEqualTo(millis(3400));
    assertThat(times.untilInterrupt(CLOCK + millis(3301))).isNegative();
    assertThat(times.isOver(100, CLOCK + millis(100_000))).isFalse();
  }

  @Test
  void durations_countFromTheFirstHit_theirLimitFromTheStart() {
    RunTimes times = times("LOADS_DURATION", "3", Duration.ofMillis(400)); // limit 5 s
    assertThat(times.isOver(2, CLOCK + millis(2999))).isFalse();
    assertThat(times.isOver(2, CLOCK + millis(3000))).isTrue();
    assertThat(times.untilLimit(CLOCK)).isEqualTo(millis(4400));
  }

  @Test
  void theFirstHit_beginsAlsoWhenTheDurationIsZero() {
    RunTimes times = times("LOADS_DURATION", "0", Duration.ZERO);
    assertThat(times.isOver(1, CLOCK)).isFalse();
    assertThat(times.isOver(2, CLOCK)).isTrue();
  }

  @Test
  void lateUsers_stillTry() {
    RunTimes times = times("LOADS_TOTAL_HITS", "1", Duration.ofMillis(1950));
    assertThat(times.untilInterrupt(CLOCK)).isEqualTo(millis(100));
  }

  @Test
  void limits_thatAreOver_countFromNow() {
    RunTimes times = times("LOADS_TOTAL_HITS", "1", Duration.ofHours(3));
    assertThat(times.untilLimit(CLOCK)).isEqualTo(millis(1800));
  }

  private static RunTimes times(String variable, String value, Duration sinceStart) {
    Map<String, String> variables =
        new HashMap<>(
            Map.of(
                "LOADS_ZMQ_RECEIVER", "tcp://127.0.0.1:5555",
                "LOADS_TOTAL_USERS", "1",
                "LOADS_CURRENT_USER", "1"));
    variables.put(variable, value);
    LoadsEnvironment environment = LoadsEnvironment.from(variables, STARTED);
    return RunTimes.of(environment, STARTED.plus(sinceStart), CLOCK);
  }

  private static long millis(long millis) {
    return Duration.ofMillis(millis).toNanos();
  }
}
