package dev.broadside.loads.launch;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The log of runners, since Loads shows nothing of what they print. Whole lines are appended to one
 * file by however many processes: time in UTC, level, user, process, text. The file and the one
 * before it, {@code .1}, have 10 MB each at most. Thread-safe.
 */
public final class RunnerLog implements AutoCloseable {
  static final long MAX_BYTES = 10_000_000;

  private static final int MAX_TEXT = 16_000;

  private static final InheritableThreadLocal<@Nullable RunnerLog> OF_THREAD =
      new InheritableThreadLocal<>();
  private static volatile @Nullable RunnerLog ofProcess;

  private final @Nullable LogFile file;
  private final PrintStream fallback;
  private final String who;

  private RunnerLog(@Nullable LogFile file, PrintStream fallback, String who) {
    this.file = file;
    this.fallback = fallback;
    this.who = who;
  }

  /**
   * Opens the file, or makes it.
   *
   * @param fallback where lines go when the file cannot be written any more
   * @param who stands in every line, as {@code user 3/20 process 4711}
   * @throws IOException if that fails
   */
  public static RunnerLog open(Path file, PrintStream fallback, String who) throws IOException {
    return open(file, fallback, who, MAX_BYTES);
  }

  static RunnerLog open(Path file, PrintStream fallback, String who, long maxBytes)
      throws IOException {
    return new RunnerLog(new LogFile(file, maxBytes), fallback, Objects.requireNonNull(who, "who"));
  }

  /** A log without a file. */
  public static RunnerLog to(PrintStream stream, String who) {
    return new RunnerLog(null, stream, who);
  }

  /** The same log with the lines of another. Not to be closed. */
  public RunnerLog of(String other) {
    return new RunnerLog(file, fallback, other);
  }

  /**
   * From now on what the library and the tests log through {@link System.Logger} comes here, unless
   * the thread that logs, or the one that made it, has a log of its own.
   */
  public void becomeOfProcess() {
    ofProcess = this;
  }

  /** As {@link #becomeOfProcess}, for this thread and those that it makes. */
  public void becomeOfThread() {
    OF_THREAD.set(this);
  }

  /** The log of this thread, else that of the process. */
  static @Nullable RunnerLog current() {
    RunnerLog mine = OF_THREAD.get();
    return mine != null ? mine : ofProcess;
  }

  /** How this process stands in a line. */
  public static String process() {
    try {
      String own = new File("/proc/self").getCanonicalFile().getName(); // a start does not pay for
      if (!own.equals("self")) return "process " + own; // a ProcessHandle
    } catch (IOException e) {
      // then as Java knows it
    }
    return "process " + ProcessHandle.current().pid();
  }

  /** Tells what went well. */
  public void info(String text) {
    log(Level.INFO, text, null);
  }

  /** Tells what somebody may want to look at. */
  public void warning(String text) {
    log(Level.WARNING, text, null);
  }

  /** Tells what went wrong. */
  public void error(String text, @Nullable Throwable failure) {
    log(Level.ERROR, text, failure);
  }

  /** Writes a line, and more for a text of several lines and for the failure. */
  public void log(Level level, String text, @Nullable Throwable failure) {
    String lines = lines(level, failure == null ? text : text + "\n" + traceOf(failure));
    if (file == null) {
      fallback.print(lines);
      return;
    }
    try {
      file.append(lines.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      fallback.print(lines);
    }
  }

  private String lines(Level level, String text) {
    String head = now() + " " + level.name() + " " + who + ": ";
    String bounded = text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) + " …" : text;
    StringBuilder lines = new StringBuilder(head.length() + bounded.length() + 1);
    int start = 0;
    while (start <= bounded.length()) {
      int end = bounded.indexOf('\n', start);
      if (end < 0) end = bounded.length();
      lines.append(head).append(bounded, start, end).append('\n');
      start = end + 1;
    }
    return lines.toString();
  }

  /** Without a formatter, which would take its time to load. */
  private static String now() {
    long millis = System.currentTimeMillis();
    LocalDateTime second = // with a nanosecond, or no fraction would be written at a full second
        LocalDateTime.ofEpochSecond(Math.floorDiv(millis, 1000L), 1, ZoneOffset.UTC);
    String text = second.toString();
    String fraction = Long.toString(1000 + Math.floorMod(millis, 1000L)).substring(1);
    return text.substring(0, text.indexOf('.') + 1) + fraction + "Z";
  }

  private static String traceOf(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString().stripTrailing().replace("\r", "");
  }

  /** Closes the file. */
  @Override
  public void close() {
    if (file == null) return;
    try {
      file.close();
    } catch (IOException e) {
      fallback.println("the log cannot be closed: " + e);
    }
  }
}
