package dev.broadside.oct.cli;

import dev.broadside.oct.hq.TurretInfo;
import dev.broadside.report.PlainText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Tells, at the end of a run, of the turrets that did not go through all of it. */
final class TurretTrouble {
  private static final int MAX_CHARS = 60;

  private TurretTrouble() {}

  /** A line for each turret that is not ready again. */
  static Stream<String> of(List<TurretInfo> turrets) {
    return turrets.stream().filter(turret -> !isBack(turret)).map(TurretTrouble::line);
  }

  private static boolean isBack(TurretInfo turret) {
    return turret.status().equalsIgnoreCase("ready") && !turret.silent();
  }

  private static String line(TurretInfo turret) {
    long seconds = Duration.between(turret.lastSeen(), Instant.now()).toSeconds();
    return "turret "
        + PlainText.of(turret.name(), MAX_CHARS)
        + (turret.silent() ? " is silent; it last said " : " said ")
        + PlainText.of(turret.status(), MAX_CHARS)
        + " "
        + Math.max(0, seconds)
        + " s ago";
  }
}
