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
      case SHARE -> summary.count() == 0 ? "no transaction" : null;
      case RATE, COUNT -> null;
    };
  }

  /** The figure, in the unit of its quantity. */
  double measure(Summary summary, double percentile) {
    return switch (this) {
      case P -> nanos(summary.service().p(percentile));
      case MIN -> nanos(summary.service().min());
      case MAX -> nanos(summary.service().max());
      case MEAN -> nanos(summary.service().mean());
      case ERRORS -> 100.0 * summary.failures() / summary.count();
      case RATE -> summary.rate();
      case COUNT -> summary.count();
      case LATE, DROPPED, UNSTARTED -> throw new AssertionError(this + " needs a schedule");
    };
  }

  private static double nanos(Duration time) {
    return time.toNanos();
  }
}
