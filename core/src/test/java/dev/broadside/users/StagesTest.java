package dev.broadside.users;

import static java.time.Duration.ofDays;
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
}
