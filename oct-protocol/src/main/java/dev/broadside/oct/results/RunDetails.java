package dev.broadside.oct.results;

import dev.broadside.oct.store.RunMetadata;
import dev.broadside.oct.store.StoredTurret;
import dev.broadside.report.ReportDetails;
import dev.broadside.report.ReportDetails.DetailTable;
import dev.broadside.report.Units;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;

/** What the report of a run of OCT shows besides its figures: the turrets. */
final class RunDetails {
  private static final List<String> COLUMNS =
      List.of("name", "uuid", "cannons", "ramp-up", "script", "status", "last seen", "clock");

  private RunDetails() {}

  static ReportDetails of(RunMetadata run, Collection<StoredTurret> turrets, TurretClocks clocks) {
    List<List<String>> rows = turrets.stream().map(turret -> row(turret, clocks)).toList();
    DetailTable table = new DetailTable("Turrets", COLUMNS, rows);
    return new ReportDetails(run.title(), run.madeBy(), List.of(table), run.configuration());
  }

  private static List<String> row(StoredTurret turret, TurretClocks clocks) {
    return List.of(
        turret.name(),
        turret.uuid(),
        Units.count(turret.cannons()),
        Units.time(Duration.ofNanos(Math.round(turret.rampUpSeconds() * 1e9))),
        turret.script(),
        turret.status(),
        turret.updated().truncatedTo(ChronoUnit.SECONDS).toString(),
        clocks.words(turret.name()));
  }
}
