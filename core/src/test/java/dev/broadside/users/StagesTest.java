package dev.broadside.users;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class StagesTest {
  @Test
  void lengths_beyondAHundredYearsAreRefused() {
    ClosedProfile long1 = LoadProfile.users(1).hold(ofDays(30_000));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> long1.hold(ofDays(30_000)))
        .withMessageContaining("60000 days");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LoadProfile.rate(1).hold(ofDays(200_000)))
        .withMessageContaining("a hundred years at most");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LoadProfile.open().rampTo(5, ofDays(200_000)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LoadProfile.users(1).duration(ofDays(200_000)));
  }

  @Test
  void profiles_areTextsThatPeopleRead() {
    assertThat(LoadProfile.closed()).hasToString("0 users");
    assertThat(
            LoadProfile.users(5)
                .hold(ofSeconds(90))
                .rampTo(0, ofMillis(500))
                .pacing(ofSeconds(1), ofSeconds(3))
                .iterationsPerUser(7)
                .seed(3))
        .hasToString(
            "5 users, held 1m30s; 0 users over 500ms; pacing 1s to 3s; 7 iterations of each user;"
                + " seed 3");
    assertThat(LoadProfile.users(1).pacing(ofSeconds(1)).restart())
        .hasToString("1 user; pacing 1s, restarting");
    assertThat(LoadProfile.users(1).thinkTime(ofSeconds(1)).iterations(10))
        .hasToString("1 user; think time 1s; 10 iterations");
    assertThat(
            LoadProfile.rate(0.5)
                .poisson(42)
                .maxUsers(10)
                .overflow(ArrivalOverflow.DROP)
                .precise()
                .duration(ofSeconds(10)))
        .hasToString(
            "0.5/s; poisson; at most 10 users; overflow DROP; precise; ends after 10s; seed 42");
  }
}
