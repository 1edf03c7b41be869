package dev.broadside.users;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofNanos;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class UserPlanTest {
  /** A line for each: its milliseconds, and a plus or a minus. */
  private static List<String> changes(ClosedProfile profile) {
    UserPlan plan = new UserPlan(profile.stages());
    List<String> changes = new ArrayList<>();
    while (plan.hasNext()) {
      long nanos = plan.nextNanos();
      UserPlan.Change change = plan.next();
      assertThat(change.nanos()).isEqualTo(nanos);
      changes.add(nanos / 1_000_000.0 + (change.comes() ? "+" : "-"));
    }
    assertThat(plan.grows()).isFalse();
    return changes;
  }

  @Test
  void users_comeAtOnce() {
    assertThat(changes(LoadProfile.users(3))).containsExactly("0.0+", "0.0+", "0.0+");
  }

  @Test
  void rampUp_beginsAtOnceAndEndsOneStepBefore() {
    assertThat(changes(LoadProfile.closed().rampTo(4, ofSeconds(10))))
        .containsExactly("0.0+", "2500.0+", "5000.0+", "7500.0+");
  }

  @Test
  void rampDown_beginsAfterAStepAndEndsAtItsEnd() {
    assertThat(
            changes(LoadProfile.users(4).hold(ofSeconds(1)).rampTo(0, ofSeconds(10))).subList(4, 8))
        .containsExactly("3500.0-", "6000.0-", "8500.0-", "11000.0-");
  }

  @Test
  void spike_goesUpAtOnceAndBackAtOnce() {
    assertThat(
            changes(
                LoadProfile.users(1).hold(ofSeconds(1)).spike(3, ofMillis(500)).hold(ofSeconds(1))))
        .containsExactly("0.0+", "1000.0+", "1000.0+", "1500.0-", "1500.0-");
  }

  @Test
  void ramp_fromOneLevelToAnotherSpreadsTheDifference() {
    assertThat(changes(LoadProfile.users(2).hold(ofSeconds(1)).rampTo(4, ofSeconds(1)).stepTo(1)))
        .containsExactly("0.0+", "0.0+", "1000.0+", "1500.0+", "2000.0-", "2000.0-", "2000.0-");
  }

  @Test
  void stage_thatChangesNothingIsPassedOver() {
    assertThat(changes(LoadProfile.users(1).rampTo(1, ofSeconds(3)).stepTo(2)))
        .containsExactly("0.0+", "3000.0+");
    assertThat(changes(LoadProfile.users(0).hold(ofSeconds(1)))).isEmpty();
  }

  @Test
  void ramp_isExactToTheNanosecond() {
    UserPlan plan = new UserPlan(LoadProfile.closed().rampTo(7, ofSeconds(10)).stages());
    for (int i = 0; i < 7; i++) {
      assertThat(plan.next().nanos()).isEqualTo(new RampUp(7, ofSeconds(10)).startNanos(i));
    }
  }

  @Test
  void moments_doNotDriftOverManyStages() {
    ClosedProfile profile = LoadProfile.closed();
    for (int i = 0; i < 1_000; i++)
      profile = profile.rampTo(3, ofNanos(1_000_003)).rampTo(0, ofNanos(999_997));
    UserPlan plan = new UserPlan(profile.stages());
    long last = 0;
    for (int i = 0; i < 6_000; i++) {
      long nanos = plan.next().nanos();
      assertThat(nanos).isGreaterThanOrEqualTo(last);
      if (i % 6 == 5) assertThat(nanos).isEqualTo(2_000_000L * (i / 6 + 1));
      last = nanos;
    }
  }

  @Test
  void grows_asLongAsSomebodyIsToCome() {
    UserPlan plan =
        new UserPlan(
            LoadProfile.users(1).hold(ofSeconds(1)).stepTo(0).stepTo(1).stepTo(0).stages());
    assertThat(plan.grows()).isTrue();
    for (int i = 0; i < 3; i++) plan.next();
    assertThat(plan.grows()).isFalse();
    assertThat(plan.hasNext()).isTrue();
    plan.next();
    assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(plan::next);
  }
}
