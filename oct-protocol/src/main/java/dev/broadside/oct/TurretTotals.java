package dev.broadside.oct;

import dev.broadside.messaging.Account;
import dev.broadside.metrics.ScheduleFigures;
import org.jspecify.annotations.Nullable;

/** The accounts of all runs of a turret. Thread-safe. */
final class TurretTotals {
  private @Nullable RunInProgress current;
  private Account results = Account.EMPTY;
  private long failures;
  private int abandoned;
  private ScheduleFigures schedule = ScheduleFigures.NONE;

  synchronized void begin(RunInProgress run) {
    current = run;
  }

  synchronized void end(TurretRun run) {
    current = null;
    results = results.plus(run.results());
    failures += run.failures();
    abandoned += run.abandonedCannons();
    schedule = schedule.plus(run.schedule());
  }

  synchronized @Nullable RunInProgress current() {
    return current;
  }

  synchronized TurretStats stats(
      TurretState state, boolean connected, int runs, TurretCommands commands) {
    RunInProgress run = current;
    return new TurretStats(
        state,
        connected,
        runs,
        run == null ? 0 : run.activeCannons(),
        run == null ? results : results.plus(run.account()),
        run == null ? failures : failures + run.failures(),
        run == null ? abandoned : abandoned + run.abandonedCannons(),
        run == null ? schedule : schedule.plus(run.schedule()),
        commands.obeyed(),
        commands.ignored(),
        commands.malformed());
  }
}
