package dev.broadside.users;

import dev.broadside.metrics.RunNote;
import dev.broadside.metrics.ScheduleFigures;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whether the machine that makes the load could follow its schedule: where it cannot, the load is
 * another one than was asked for, and the figures are its own as much as the server's.
 */
final class GeneratorHealth {
  private static final Duration HARMLESS = Duration.ofMillis(1);
  private static final int HARMLESS_PART_OF_GAP = 10;
  private static final int MIN_STARTS = 100; // of fewer, the p99 is but the longest

  private GeneratorHealth() {}

  /**
   * What the JVM has used up, since it started or in a time.
   *
   * @param collecting in garbage collections
   * @param cpu of all processors together
   */
  record Usage(Duration collecting, Duration cpu) {
    /** Until now. */
    static Usage now() {
      long collecting = 0;
      for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
        collecting += Math.max(0, collector.getCollectionTime()); // -1 where nobody knows
      }
      Duration cpu = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
      return new Usage(Duration.ofMillis(collecting), cpu);
    }

    Usage since(Usage earlier) {
      return new Usage(collecting.minus(earlier.collecting), cpu.minus(earlier.cpu));
    }
  }

  /** Whether there is anything to be followed. */
  static boolean concerns(LoadProfile profile) {
    return !(profile instanceof ClosedProfile closed) || closed.pace().isSchedule();
  }

  /**
   * What is to be said of a run that was not followed; null if it was.
   *
   * @param length how long it went on
   * @param usage what it took in that time
   */
  static @Nullable RunNote note(ScheduleFigures figures, Duration length, Usage usage) {
    Duration error = figures.schedulerError().p(99);
    if (figures.schedulerError().count() < MIN_STARTS) return null;
    if (error.compareTo(harmless(figures, length)) <= 0) return null;
    String text =
        "the generator did not keep up: one start in a hundred began more than %s later than it"
            + " should though a user was free, one %s later; in the %s of the run the JVM spent %s"
            + " in garbage collections and %s of CPU on %d processors";
    return new RunNote(
        text.formatted(
            millis(error),
            millis(figures.schedulerError().max()),
            seconds(length),
            seconds(usage.collecting),
            seconds(usage.cpu),
            Runtime.getRuntime().availableProcessors()),
        false);
  }

  private static Duration harmless(ScheduleFigures figures, Duration length) {
    long starts = Math.max(1, figures.starts().scheduled());
    Duration part = length.dividedBy(starts).dividedBy(HARMLESS_PART_OF_GAP);
    return part.compareTo(HARMLESS) > 0 ? part : HARMLESS;
  }

  private static String millis(Duration time) {
    return String.format(Locale.ROOT, "%.1f ms", time.toNanos() / 1e6);
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.1f s", time.toNanos() / 1e9);
  }
}
