package dev.broadside.metrics;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * The buckets of our histograms, as HdrHistogram makes them for three digits and a microsecond:
 * 2048 of 512 ns each, then 1024 for each doubling. So two bytes hold what is kept of a latency.
 */
final class LatencyBuckets {
  private static final long CEILING_NANOS = TimeUnit.HOURS.toNanos(1);
  private static final long RESOLUTION_NANOS = TimeUnit.MICROSECONDS.toNanos(1);
  private static final int SIGNIFICANT_DIGITS = 3;

  private static final int WIDTH_BITS = 9;
  private static final int DOUBLING_BITS = 10;

  private LatencyBuckets() {}

  static Histogram emptyHistogram() {
    Histogram histogram = new Histogram(RESOLUTION_NANOS, 2 * RESOLUTION_NANOS, SIGNIFICANT_DIGITS);
    histogram.setAutoResize(true);
    return histogram;
  }

  /** What a latency counts as: beyond an hour as an hour. */
  static long bounded(long nanos) {
    return Math.min(Math.max(0, nanos), CEILING_NANOS);
  }

  /** The bucket of a latency that is bounded. */
  static char of(long nanos) {
    long widths = nanos >> WIDTH_BITS;
    int bits = Long.SIZE - Long.numberOfLeadingZeros(widths);
    int doublings = Math.max(0, bits - DOUBLING_BITS - 1);
    return (char) ((doublings << DOUBLING_BITS) + (widths >> doublings));
  }

  /** The shortest latency of a bucket. */
  static long nanos(char bucket) {
    long doublings = Math.max(0, (bucket >> DOUBLING_BITS) - 1);
    long widths = bucket - (doublings << DOUBLING_BITS);
    return widths << doublings << WIDTH_BITS;
  }
}
