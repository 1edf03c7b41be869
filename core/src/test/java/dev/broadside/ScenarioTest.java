package dev.broadside;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.broadside.Work.Browse;
import dev.broadside.Work.Checkout;
import dev.broadside.metrics.RunNote;
import dev.broadside.metrics.RunResult;
import dev.broadside.metrics.UserCount;
import dev.broadside.users.EndRunException;
import dev.broadside.users.LoadProfile;
import dev.broadside.users.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScenarioTest {
  @Test
  void scenarios_runSideBySide_eachWithItsProfile() {
    RunResult result =
        Broadside.of(
                Scenario.of(Browse::new).profile(LoadProfile.users(2).hold(ofSeconds(1))),
                Scenario.of(Checkout::new)
                    .name("buy")
                    .profile(LoadProfile.rate(100).poisson(3).duration(ofMillis(500))))
            .name("shop")
            .run();
    assertThat(result.passed()).as("%s %s", result.verdicts(), result.notes()).isTrue();
    assertThat(result.transactions()).containsOnlyKeys("Browse", "buy");
    assertThat(result.groups()).containsOnlyKeys("shop-1", "buy");
    assertThat(result.transaction("Browse").hasSchedule()).isFalse();
    assertThat(result.transaction("buy").hasSchedule()).isTrue();
    assertThat(result.duration()).isEqualTo(ofSeconds(1));
    assertThat(result.seeds()).isEqualTo(Map.of("buy: arrivals", 3L));
    assertThat(result.expectedUsers())
        .containsExactly(new UserCount(ZERO, 2), new UserCount(ofSeconds(1), 2));
  }

  @Test
  void scenario_withoutAProfileHasThatOfTheRun() {
    RunResult result =
        Broadside.of(
                Scenario.of(Browse::new),
                Scenario.of(Checkout::new).profile(LoadProfile.users(1).iterations(2)))
            .profile(LoadProfile.users(1).iterations(3))
            .run();
    assertThat(result.transaction("Browse").count()).isEqualTo(3);
    assertThat(result.transaction("Checkout").count()).isEqualTo(2);
  }

  @Test
  void scenario_thatEndsTheRun_endsAllAtOnce() {
    Transaction last =
        context -> {
          throw new EndRunException("all books are sold", false);
        };
    RunResult result =
        Broadside.of(
                Scenario.of(Browse::new).profile(LoadProfile.users(1).hold(Duration.ofHours(1))),
                Scenario.of(() -> last)
                    .name("last")
                    .profile(
                        LoadProfile.closed()
                            .rampTo(0, ofMillis(200))
                            .stepTo(1)
                            .hold(Duration.ofHours(1))))
            .run();
    assertThat(result.notes()).containsExactly(new RunNote("last: all books are sold", false));
    assertThat(result.duration()).isBetween(ofMillis(200), ofSeconds(60));
    assertThat(result.passed()).isTrue();
  }

  @Test
  void profileOfNoTime_failsInWords() {
    RunResult result = Broadside.of(Checkout::new).profile(LoadProfile.users(1).hold(ZERO)).run();
    assertThat(result.passed()).isFalse();
  }

  @Test
  void lambdas_areToldApartByTheirScenario() {
    Scenario nothing = Scenario.of(() -> context -> {});
    RunResult result =
        Broadside.of(nothing, nothing).profile(LoadProfile.users(1).iterations(2)).run();
    assertThat(result.transactions()).containsOnlyKeys("broadside-1", "broadside-2");
  }

  @Test
  void dropped_beforeAnyUserIsMade_waitsForTheLabel() {
    Load load = new Load(Scenario.of(Checkout::new), LoadProfile.users(1).iterations(1), "a");
    RunCourse course = new RunCourse(Broadside.of(Checkout::new), List.of(load));
    ScenarioRun run = new ScenarioRun(load, course);
    run.dropped(1);
    run.dropped(1);
    assertThat(course.recorder.label("Checkout", ofSeconds(1))).isNull();
    run.run();
    RunResult result = course.recorder.result(Instant.EPOCH, ofSeconds(1), Map.of());
    assertThat(result.all().starts().dropped()).isEqualTo(2);
    assertThat(result.transaction("Checkout").starts().dropped()).isEqualTo(2);
  }

  @Test
  void expectedUsers_addUp() {
    LoadProfile ramp = LoadProfile.closed().rampTo(10, ofSeconds(10)).hold(ofSeconds(10)).stepTo(0);
    LoadProfile spike =
        LoadProfile.users(4).hold(ofSeconds(5)).spike(20, ofSeconds(5)).duration(ofSeconds(30));
    List<Load> loads =
        List.of(
            new Load(Scenario.of(Browse::new), ramp, "a"),
            new Load(Scenario.of(Checkout::new), spike, "b"),
            new Load(Scenario.of(Checkout::new), LoadProfile.rate(5), "c"));
    assertThat(ExpectedUsers.of(loads, ofSeconds(30)))
        .containsExactly(
            new UserCount(ZERO, 4),
            new UserCount(ofSeconds(5), 9),
            new UserCount(ofSeconds(5), 25),
            new UserCount(ofSeconds(10), 30),
            new UserCount(ofSeconds(10), 14),
            new UserCount(ofSeconds(20), 14),
            new UserCount(ofSeconds(20), 4),
            new UserCount(ofSeconds(30), 4));
    assertThat(ExpectedUsers.of(loads, ofSeconds(7)))
        .endsWith(new UserCount(ofSeconds(5), 25), new UserCount(ofSeconds(7), 27));
    assertThat(ExpectedUsers.of(loads.subList(2, 3), ofSeconds(30))).isEmpty();
    assertThat(ExpectedUsers.of(loads, ZERO)).containsExactly(new UserCount(ZERO, 4));
  }
}
