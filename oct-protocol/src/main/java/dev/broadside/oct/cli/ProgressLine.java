package dev.broadside.oct.cli;

import dev.broadside.oct.hq.Progress;
import dev.broadside.oct.hq.Progress.Phase;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/**
 * How far a run is, in one line, told once a second. On a terminal the line rewrites itself;
 * elsewhere a new one comes every few seconds, while it waits for turrets once a minute, and when
 * something changes.
 */
final class ProgressLine {
  private static final int WAITING_SECONDS = 60;
  private static final int FIRING_SECONDS = 5;
  private static final String ERASE = "\r\u001b[K";

  private final PrintWriter out;
  private final boolean rewriting;
  private int untold;
  private String lastState = "";

  ProgressLine(PrintWriter out, boolean rewriting) {
    this.out = out;
    this.rewriting = rewriting;
  }

  void tell(Progress progress) {
    if (rewriting) {
      out.print(ERASE + text(progress));
      out.flush();
    } else if (isDue(progress)) {
      out.println(text(progress));
    }
  }

  private boolean isDue(Progress progress) {
    String state = progress.phase() + " " + progress.turrets();
    int seconds = progress.phase() == Phase.WAITING ? WAITING_SECONDS : FIRING_SECONDS;
    boolean due = !state.equals(lastState) || untold + 1 >= seconds;
    untold = due ? 0 : untold + 1;
    lastState = state;
    return due;
  }

  /** Makes room for what comes next. */
  void end() {
    if (!rewriting) return;
    out.print(ERASE);
    out.flush();
  }

  /** Short enough for a terminal of 80 columns, where a longer line could not be rewritten. */
  private static String text(Progress progress) {
    return switch (progress.phase()) {
      case WAITING -> waiting(progress);
      case FIRING ->
          String.format(
              Locale.ROOT,
              "%d of %d s, %s, %,.0f results/s, %s",
              progress.elapsed().toSeconds(),
              roundedUp(progress.runTime()),
              turrets(progress.turrets()),
              progress.rate(),
              results(progress));
      case STOPPING ->
          "stopping, waiting for " + turrets(progress.turrets()) + ", " + results(progress);
    };
  }

  private static String waiting(Progress progress) {
    return String.format(
        Locale.ROOT,
        "waiting for turrets: %d of %d ready after %d s",
        progress.turrets(),
        progress.turretsWanted(),
        progress.elapsed().toSeconds());
  }

  private static long roundedUp(Duration time) {
    return time.plusSeconds(1).minusNanos(1).toSeconds();
  }

  private static String turrets(int count) {
    return counted(count, "turret");
  }

  private static String results(Progress progress) {
    return counted(progress.results(), "result") + ", " + counted(progress.failures(), "error");
  }

  private static String counted(long count, String what) {
    return String.format(Locale.ROOT, "%,d %s%s", count, what, count == 1 ? "" : "s");
  }
}
