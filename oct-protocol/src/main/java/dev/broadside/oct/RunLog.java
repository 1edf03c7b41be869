package dev.broadside.oct;

import dev.broadside.messaging.Account;
import dev.broadside.metrics.RunNote;
import dev.broadside.metrics.Starts;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Tells in the log what became of a turret's runs. Where a console tells that in its own words, as
 * that of {@code oct turret start} does, this logger is off.
 */
final class RunLog implements TurretListener {
  private static final Logger LOG = System.getLogger(RunLog.class.getName());

  private final String turret;

  RunLog(String turret) {
    this.turret = turret;
  }

  @Override
  public void loadEnded(int run, Duration after, @Nullable RunNote reason) {
    LOG.log(
        reason == null ? Level.INFO : Level.WARNING,
        "turret {0}: run {1} fires no more after {2} and waits for its stop: {3}",
        turret,
        run,
        seconds(after),
        reason == null ? "its profile is over" : reason.text());
  }

  @Override
  public void runEnded(TurretRun run) {
    Account account = run.results();
    LOG.log(
        account.dropped() + account.unsent() > 0 ? Level.WARNING : Level.INFO,
        "turret {0}: run {1} has ended ({2}): {3} results = {4} sent + {5} dropped + {6} unsent",
        turret,
        run.number(),
        run.end(),
        account.produced(),
        account.sent(),
        account.dropped(),
        account.unsent());
    if (run.schedule().starts().scheduled() > 0) schedule(run);
  }

  private void schedule(TurretRun run) {
    Starts starts = run.schedule().starts();
    LOG.log(
        starts.dropped() + starts.unstarted() > 0 ? Level.WARNING : Level.INFO,
        "turret {0}: run {1}: {2}, cannons held back {3} by the network{4}",
        turret,
        run.number(),
        run.schedule(),
        seconds(run.heldBack()),
        run.seeds().isEmpty() ? "" : "; seeds " + run.seeds());
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.1f s", time.toNanos() / 1e9);
  }
}
