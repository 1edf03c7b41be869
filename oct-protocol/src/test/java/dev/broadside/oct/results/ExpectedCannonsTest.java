package dev.broadside.oct.results;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.broadside.metrics.UserCount;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExpectedCannonsTest {
  private static CannonRamp ramp(int cannons, double rampUp, Duration start) {
    return CannonRamp.of(cannons, rampUp, start.toNanos());
  }

  private static UserCount point(double seconds, double users) {
    return new UserCount(ofMillis(Math.round(seconds * 1000)), users);
  }

  @Test
  void at_countsTheCannonsThatHaveStarted() {
    List<CannonRamp> ramps = List.of(ramp(4, 10, ofSeconds(1)));
    assertThat(ExpectedCannons.at(ramps, ofMillis(999))).isZero();
    assertThat(ExpectedCannons.at(ramps, ofSeconds(1))).isEqualTo(1);
    assertThat(ExpectedCannons.at(ramps, ofMillis(3499))).isEqualTo(1);
    assertThat(ExpectedCannons.at(ramps, ofMillis(3500))).isEqualTo(2);
    assertThat(ExpectedCannons.at(ramps, ofMillis(8500))).isEqualTo(4);
  }

  @Test
  void over_risesInALineFromTheFirstCannonToTheLast() {
    assertThat(ExpectedCannons.over(List.of(ramp(4, 10, Duration.ZERO)), ofSeconds(20)))
        .containsExactly(point(0, 1), point(7.5, 4), point(20, 4));
  }

  @Test
  void over_stepsWithoutRampUp() {
    assertThat(ExpectedCannons.over(List.of(ramp(50, 0, ofSeconds(2))), ofSeconds(5)))
        .containsExactly(point(2, 0), point(2, 50), point(5, 50));
  }

  @Test
  void over_addsUpTurretsAndForgetsThoseThatEnded() {
    List<CannonRamp> ramps =
        List.of(
            ramp(10, 0, Duration.ZERO).endedAt(ofSeconds(3).toNanos()),
            ramp(4, 8, ofSeconds(1)),
            ramp(2, 8, ofSeconds(9)).endedAt(ofSeconds(9).toNanos()));
    assertThat(ExpectedCannons.over(ramps, ofSeconds(10)))
        .containsExactly(
            point(0, 10),
            point(1, 10),
            point(1, 11),
            point(3, 12),
            point(3, 2),
            point(7, 4),
            point(10, 4));
  }

  @Test
  void over_endsWithTheRunInTheMiddleOfARampUp() {
    assertThat(ExpectedCannons.over(List.of(ramp(10, 10, Duration.ZERO)), ofSeconds(2)))
        .containsExactly(point(0, 1), point(2, 3));
  }

  @Test
  void over_endsWithTheRunBeforeTurretsThatEndJustAfterIt() {
    CannonRamp ramp = ramp(2, 0, Duration.ZERO).endedAt(2_000_000_200L);
    assertThat(ExpectedCannons.over(List.of(ramp), Duration.ofNanos(2_000_000_100L)))
        .extracting(UserCount::users)
        .containsExactly(2.0, 2.0);
  }

  @Test
  void over_isEmptyWithoutCannons() {
    assertThat(ExpectedCannons.over(List.of(), ofSeconds(2))).isEmpty();
    assertThat(ExpectedCannons.over(List.of(ramp(-3, -1, Duration.ZERO)), ofSeconds(2))).isEmpty();
    assertThat(ExpectedCannons.over(List.of(ramp(3, 1, ofSeconds(3))), ofSeconds(2))).isEmpty();
    assertThat(ExpectedCannons.over(List.of(ramp(3, 1, Duration.ZERO)), Duration.ZERO)).isEmpty();
  }

  @Test
  void over_isBoundedForManyTurrets() {
    List<CannonRamp> ramps =
        IntStream.range(0, 10_000).mapToObj(i -> ramp(3, 5, ofMillis(i))).toList();
    List<UserCount> course = ExpectedCannons.over(ramps, ofSeconds(60));

    assertThat(course).hasSizeLessThan(700);
    assertThat(course.get(course.size() - 1).users()).isCloseTo(30_000, within(1e-3));
    assertThat(course).isSortedAccordingTo((one, other) -> one.at().compareTo(other.at()));
  }

  @Test
  void over_takesWhatATurretMaySay() {
    List<CannonRamp> ramps =
        List.of(
            ramp(Integer.MAX_VALUE, 1e300, Duration.ZERO),
            ramp(Integer.MAX_VALUE, 0, Duration.ZERO),
            ramp(1, Double.MAX_VALUE, ofSeconds(9_000_000_000L)));
    List<UserCount> course = ExpectedCannons.over(ramps, ofSeconds(60));
    assertThat(course).allMatch(point -> point.users() >= 0 && point.users() < 5e9);
  }
}
