package dev.broadside.loads.cli;

import dev.broadside.loads.collector.FleetProgress;
import java.io.PrintWriter;
import java.util.Locale;

/**
 * How far a run is, in one line, told once a second. On a terminal the line rewrites itself;
 * elsewhere a new one comes every few seconds, and with each step.
 */
final class FleetProgressLine {
  private static final int SECONDS = 5;
  private static final String ERASE = "\r\u001b[K";

  private final PrintWriter out;
  private final boolean rewriting;
  private int untold;
  private int lastStep;

  FleetProgressLine(PrintWriter out, boolean rewriting) {
    this.out = out;
    this.rewriting = rewriting;
  }

  void tell(FleetProgress progress) {
    if (rewriting) {
      out.print(ERASE + text(progress));
      out.flush();
    } else if (isDue(progress)) {
      out.println(text(progress));
    }
  }

  private boolean isDue(FleetProgress progress) {
    boolean due = progress.step() != lastStep || untold + 1 >= SECONDS;
    untold = due ? 0 : untold + 1;
    lastStep = progress.step();
    return due;
  }

  /** Makes room for what comes next. */
  void end() {
    if (!rewriting) return;
    out.print(ERASE);
    out.flush();
  }

  /** Short enough for a terminal of 80 columns, where a longer line could not be rewritten. */
  private static String text(FleetProgress progress) {
    return String.format(
        Locale.ROOT,
        "step %d of %d: %,d of %,d users, %d of %d s, %s, %s, %s",
        progress.step(),
        progress.steps(),
        progress.running(),
        progress.users(),
        progress.elapsed().toSeconds(),
        progress.length().toSeconds(),
        counted(progress.hits(), "hit"),
        counted(progress.failures(), "failure"),
        counted(progress.errors(), "error"));
  }

  private static String counted(long count, String what) {
    return String.format(Locale.ROOT, "%,d %s%s", count, what, count == 1 ? "" : "s");
  }
}
