package dev.broadside.metrics;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Collects latencies. Only one thread may call it. */
final class LatencyRecorder {
  private static final long CEILING_NANOS = TimeUnit.HOURS.toNanos(1);
  private static final long RESOLUTION_NANOS = TimeUnit.MICROSECONDS.toNanos(1);
  private static final int SIGNIFICANT_DIGITS = 3;

  private @Nullable Histogram histogram; // many labels never fail: made when first needed
  private long minNanos = Long.MAX_VALUE;
  private long maxNanos;
  private double sumNanos; // a long would overflow after 2.5 million hours

  /** Counts one latency; beyond an hour it counts as an hour. */
  void record(long nanos) {
    long bounded = bounded(nanos);
    minNanos = Math.min(minNanos, bounded);
    maxNanos = Math.max(maxNanos, bounded);
    sumNanos += bounded;
    if (histogram == null) histogram = emptyHistogram();
    histogram.recordValue(bounded);
  }

  /** What it counts as. */
  static long bounded(long nanos) {
    return Math.min(Math.max(0, nanos), CEILING_NANOS);
  }

  static Histogram emptyHistogram() {
    Histogram histogram = new Histogram(RESOLUTION_NANOS, 2 * RESOLUTION_NANOS, SIGNIFICANT_DIGITS);
    histogram.setAutoResize(true);
    return histogram;
  }

  Latencies latencies() {
    if (histogram == null) return Latencies.EMPTY;
    return new Latencies(histogram.copy(), minNanos, maxNanos, sumNanos);
  }
}
