package dev.broadside.users;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofNanos;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RampUpTest {
  @Test
  void due_followsTheClock() {
    RampUp rampUp = new RampUp(4, ofSeconds(10)); // at 0 s, 2.5 s, 5 s and 7.5 s
    assertThat(rampUp.due(0)).isEqualTo(1);
    assertThat(rampUp.due(ofMillis(2_500).toNanos() - 1)).isEqualTo(1);
    assertThat(rampUp.due(ofMillis(2_500).toNanos())).isEqualTo(2);
    assertThat(rampUp.due(ofSeconds(5).toNanos())).isEqualTo(3);
    assertThat(rampUp.due(ofMillis(7_500).toNanos() - 1)).isEqualTo(3);
    assertThat(rampUp.due(ofMillis(7_500).toNanos())).isEqualTo(4);
    assertThat(rampUp.due(ofSeconds(10).toNanos())).isEqualTo(4);
  }

  @Test
  void due_isNobodyBeforeTheBeginning() {
    assertThat(new RampUp(4, ofSeconds(10)).due(-1)).isZero();
    assertThat(new RampUp(4, Duration.ZERO).due(-1)).isZero();
  }

  @Test
  void due_isEverybodyLongAfter() {
    assertThat(new RampUp(1_000, ofSeconds(3)).due(Long.MAX_VALUE)).isEqualTo(1_000);
    assertThat(new RampUp(1_000, ofNanos(1)).due(Long.MAX_VALUE)).isEqualTo(1_000);
  }

  @Test
  void zeroDuration_startsEverybodyAtOnce() {
    RampUp rampUp = new RampUp(50, Duration.ZERO);
    assertThat(rampUp.due(0)).isEqualTo(50);
    assertThat(rampUp.startNanos(49)).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "7, 10, 0, 0",
    "7, 10, 1, 1428571429", // rounded, not cut off
    "7, 10, 6, 8571428571",
    "1000, 3, 1, 3000000",
    "1000, 3, 999, 2997000000",
    "3, 2, 1, 666666667",
    "3, 2, 2, 1333333333",
    "1, 10, 0, 0",
    "20000, 3600, 19999, 3599820000000",
  })
  void startNanos_isExactToTheNanosecond(int users, int seconds, int index, long nanos) {
    assertThat(new RampUp(users, ofSeconds(seconds)).startNanos(index)).isEqualTo(nanos);
  }

  @Test
  void startNanos_doesNotDrift() {
    RampUp rampUp = new RampUp(7, ofSeconds(10));
    for (int i = 0; i < 7; i++) {
      // against whole numbers: i * 10 s / 7, at most a nanosecond off
      assertThat(rampUp.startNanos(i) - i * 10_000_000_000L / 7).isBetween(0L, 1L);
    }
  }

  @Test
  void startNanos_ofTheLastIsOneStepBeforeTheEnd() {
    assertThat(new RampUp(1_000, ofSeconds(3)).startNanos(999)).isEqualTo(2_997_000_000L);
  }

  @Test
  void due_andStartNanosAgree() {
    Random random = new Random(7);
    for (int round = 0; round < 300; round++) {
      int users = 1 + random.nextInt(round % 2 == 0 ? 20 : 20_000);
      long nanos = round % 3 == 0 ? random.nextInt(1_000) : (long) (random.nextDouble() * 86_400e9);
      RampUp rampUp = new RampUp(users, ofNanos(nanos));
      for (int n = 0; n < 100; n++) assertAgree(rampUp, random.nextInt(users));
      assertAgree(rampUp, 0);
      assertAgree(rampUp, users - 1);
    }
  }

  private static void assertAgree(RampUp rampUp, int index) {
    long start = rampUp.startNanos(index);
    assertThat(rampUp.due(start)).as("%s at %s", rampUp, start).isGreaterThan(index);
    assertThat(rampUp.due(start - 1)).as("%s before %s", rampUp, start).isLessThanOrEqualTo(index);
    assertThat(start).isBetween(0L, Math.max(0, rampUp.duration().toNanos()));
    if (index > 0) assertThat(start).isGreaterThanOrEqualTo(rampUp.startNanos(index - 1));
  }

  @Test
  void rampUp_checksItsValues() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RampUp(0, ofSeconds(1)))
        .withMessage("users < 1: 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RampUp(1, ofSeconds(-1)))
        .withMessage("duration < 0: PT-1S");
  }
}
