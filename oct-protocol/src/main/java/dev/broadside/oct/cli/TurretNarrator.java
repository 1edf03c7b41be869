package dev.broadside.oct.cli;

import dev.broadside.messaging.Account;
import dev.broadside.metrics.RunNote;
import dev.broadside.oct.TurretConfig;
import dev.broadside.oct.TurretListener;
import dev.broadside.oct.TurretRun;
import dev.broadside.oct.TurretState;
import dev.broadside.users.OpenProfile;
import dev.broadside.users.Stage;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Tells on the console what a turret does: a line for each state, and one for the end of each run.
 */
final class TurretNarrator implements TurretListener {
  private final TurretConfig config;
  private final PrintWriter out;
  private boolean fired; // the turret tells one state after the other

  TurretNarrator(TurretConfig config, PrintWriter out) {
    this.config = config;
    this.out = out;
  }

  @Override
  public void stateChanged(TurretState state) {
    if (state == TurretState.RUNNING) fired = true;
    tell(words(state));
  }

  private String words(TurretState state) {
    return switch (state) {
      case NEW -> "made";
      case READY -> fired ? "ready for the next run" : "ready, waits for " + headquarters();
      case RUNNING -> "fires " + config.script() + " with " + load();
      case STOPPING -> "stops";
      case KILLED -> "killed by the headquarters";
      case ABORTED -> "aborted";
    };
  }

  private String headquarters() {
    return "the headquarters at "
        + config.hqAddress()
        + ", ports "
        + config.hqPublisher()
        + " and "
        + config.hqRc();
  }

  private String load() {
    List<Stage> stages = config.profile().stages();
    if (stages.isEmpty()) return cannons();
    double most = stages.stream().mapToDouble(Stage::level).max().orElse(0);
    String format =
        config.profile() instanceof OpenProfile ? "up to %,.1f arrivals/s" : "up to %,.0f cannons";
    return String.format(Locale.ROOT, format, most);
  }

  private String cannons() {
    String count = config.cannons() == 1 ? "1 cannon" : config.cannons() + " cannons";
    return config.rampUp().isZero() ? count : count + ", ramp-up " + seconds(config.rampUp());
  }

  @Override
  public void loadEnded(int run, Duration after, @Nullable RunNote reason) {
    String why = reason == null ? "its profile is over" : reason.text();
    tell(
        "run %d fires no more after %s and waits for its stop: %s"
            .formatted(run, seconds(after), why));
  }

  @Override
  public void runEnded(TurretRun run) {
    Account account = run.results();
    tell(
        String.format(
            Locale.ROOT,
            "run %d %s after %s: %,d results = %,d sent + %,d dropped + %,d unsent;"
                + " failures %,d, disconnects %,d, abandoned cannons %,d, held back %s",
            run.number(),
            words(run.end()),
            seconds(run.duration()),
            account.produced(),
            account.sent(),
            account.dropped(),
            account.unsent(),
            run.failures(),
            account.disconnects(),
            run.abandonedCannons(),
            seconds(run.heldBack())));
    if (run.schedule().starts().scheduled() > 0) tell("run " + run.number() + ": " + schedule(run));
  }

  private static String schedule(TurretRun run) {
    return run.schedule() + (run.seeds().isEmpty() ? "" : "; seeds " + run.seeds());
  }

  private static String words(TurretRun.End end) {
    return switch (end) {
      case STOPPED -> "stopped";
      case KILLED -> "killed";
      case HEADQUARTERS_LOST -> "ended (headquarters lost)";
      case HEADQUARTERS_REPLACED -> "ended (another headquarters has come)";
      case CLOSED -> "closed";
      case FAILED -> "failed";
    };
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f s", duration.toNanos() / 1e9);
  }

  private void tell(String what) {
    out.println(config.name() + ": " + what);
  }
}
