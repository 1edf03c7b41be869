package dev.broadside.metrics;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a threshold can be on. */
enum ThresholdMetric {
  P(Quantity.TIME),
  MIN(Quantity.TIME),
  MAX(Quantity.TIME),
  MEAN(Quantity.TIME),
  ERRORS(Quantity.SHARE),
  RATE(Quantity.RATE),
  COUNT(Quantity.COUNT),
  LATE(Quantity.SHARE),
  DROPPED(Quantity.SHARE),
  UNSTARTED(Quantity.SHARE);

  /** All of them, in words. */
  static final String NAMES =
      "p(N), min, max, mean, errors, rate, count, late, dropped or unstarted";

  final Quantity quantity;

  ThresholdMetric(Quantity quantity) {
    this.quantity = quantity;
  }

  /** The one of this name; null if there is none. */
  static @Nullable ThresholdMetric of(String name) {
    return Arrays.stream(values())
        .filter(metric -> metric.word().equals(name))
        .findFirst()
        .orElse(null);
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether only a run that knows when users should have started can tell it. */
  boolean requiresSchedule() {
    return this == LATE || this == DROPPED || this == UNSTARTED;
  }

  /** What keeps it from being told, in words; null if nothing does. */
  @Nullable String missing(Summary summary) {
    return switch (quantity) {
      case TIME -> summary.service().count() == 0 ? "no success" : null;
      case SHARE -> samples(summary) == 0 ? "no transaction" : null;
      case RATE, COUNT -> null;
    };
  }

  /** Of how many it is told: of scheduled starts, whether or not they came to run, or of runs. */
  long samples(Summary summary) {
    return requiresSchedule() ? summary.starts().scheduled() : summary.count();
  }

  /**
   * The figure, in the unit of its quantity.
   *
   * @param times those that are meant, of the summary's two kinds
   */
  double measure(Summary summary, Latencies times, double percentile) {
    return switch (this) {
      case P -> nanos(times.p(percentile));
      case MIN -> nanos(times.min());
      case MAX -> nanos(times.max());
      case MEAN -> nanos(times.mean());
      case ERRORS -> share(summary.failures(), summary);
      case RATE -> summary.rate();
      case COUNT -> summary.count();
      case LATE -> share(summary.starts().late(), summary);
      case DROPPED -> share(summary.starts().dropped(), summary);
      case UNSTARTED -> share(summary.starts().unstarted(), summary);
    };
  }

  private double share(long part, Summary summary) {
    return 100.0 * part / samples(summary);
  }

  private static double nanos(Duration time) {
    return time.toNanos();
  }
}
