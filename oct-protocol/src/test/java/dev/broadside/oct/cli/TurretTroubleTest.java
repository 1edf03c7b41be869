package dev.broadside.oct.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broadside.oct.hq.TurretInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurretTroubleTest {
  private static TurretInfo turret(String name, String status, long secondsAgo, boolean silent) {
    Instant seen = Instant.now().minusSeconds(secondsAgo);
    return new TurretInfo(name, "u-1", status, 1, Duration.ZERO, "s", seen, silent);
  }

  @Test
  void of_namesTurretsThatDidNotComeBack() {
    List<TurretInfo> turrets =
        List.of(
            turret("fine", "READY", 1, false),
            turret("died\n", "Aborted", 7, false),
            turret("gone", "Running", 40, true));
    assertThat(TurretTrouble.of(turrets))
        .containsExactly(
            "turret died\\u000a said Aborted 7 s ago",
            "turret gone is silent; it last said Running 40 s ago");
  }
}
