package dev.broadside.oct.cli;

import dev.broadside.metrics.Latencies;
import dev.broadside.oct.hq.Progress;
import dev.broadside.oct.hq.Progress.Phase;
import dev.broadside.report.PlainText;
import dev.broadside.report.Units;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/**
 * How far a run is, in one line, told once a second. On a terminal the line rewrites itself, a bar
 * in front; elsewhere a new one comes every few seconds, while it waits for turrets once a minute,
 * and when something changes.
 */
final class ProgressLine {
  private static final int WAITING_SECONDS = 60;
  private static final int FIRING_SECONDS = 5;
  private static final int MAX_CHARS = 79; // of 80 columns: a longer line could not be rewritten
  private static final int MIN_BAR = 5;
  private static final int MAX_BAR = 20;
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
      out.print(ERASE + withBar(progress, text(progress)));
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

  private static String text(Progress progress) {
    return switch (progress.phase()) {
      case WAITING -> waiting(progress);
      case FIRING -> firing(progress);
      case STOPPING ->
          "stopping, waiting for " + turrets(progress.turrets()) + ", " + results(progress);
    };
  }

  /** With as long a bar in front as there is room for; without commas, if that makes some. */
  private static String withBar(Progress progress, String text) {
    if (progress.phase() != Phase.FIRING) return PlainText.of(text, MAX_CHARS);
    String fitting = room(text) < MIN_BAR ? text.replace(", ", " ") : text;
    int room = Math.min(MAX_BAR, room(fitting));
    return room < MIN_BAR ? PlainText.of(fitting, MAX_CHARS) : bar(progress, room) + fitting;
  }

  private static int room(String text) {
    return MAX_CHARS - text.length() - "[] ".length();
  }

  private static String bar(Progress progress, int chars) {
    double share = (double) progress.elapsed().toNanos() / progress.runTime().toNanos();
    int done = (int) (chars * Math.min(1, share));
    return "[" + "#".repeat(done) + "-".repeat(chars - done) + "] ";
  }

  private static String waiting(Progress progress) {
    return String.format(
        Locale.ROOT,
        "waiting for turrets: %d of %d ready after %d s",
        progress.turrets(),
        progress.turretsWanted(),
        progress.elapsed().toSeconds());
  }

  private static String firing(Progress progress) {
    return String.format(
        Locale.ROOT,
        "%d/%d s, %s, %s, %s%s, %s",
        progress.elapsed().toSeconds(),
        roundedUp(progress.runTime()),
        turrets(progress.turrets()),
        counted(progress.cannons(), "cannon"),
        Units.rate(progress.recent().rate()),
        percentiles(progress.recent().service()),
        counted(progress.failures(), "error"));
  }

  private static String percentiles(Latencies service) {
    if (service.count() == 0) return "";
    return ", p50 " + Units.time(service.p(50)) + ", p99 " + Units.time(service.p(99));
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
