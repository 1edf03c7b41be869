package dev.broadside.loads.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class OwnStartTest {
  @Test
  void age_isTheSystemsLessTheBeginning() {
    String stat = "7 (a (b) c) S 1 7 7 0 -1 4194560 1 0 0 0 0 0 0 0 20 0 1 0 12300 99 1 18";
    assertThat(OwnStart.age("125.50 200.00\n", stat)).isEqualTo(2500);
    assertThat(OwnStart.age("122.99 200.00\n", stat)).as("rounded, never negative").isZero();
  }

  @Test
  void instant_agreesWithWhatJavaKnows() {
    Instant known = ProcessHandle.current().info().startInstant().orElseThrow();
    assertThat(Duration.between(OwnStart.instant(), known).abs()).isLessThan(Duration.ofSeconds(2));
  }
}
