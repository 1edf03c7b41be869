package dev.broadside.metrics;

import java.time.Duration;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * How long something took, many times over. Minimum, maximum and mean are exact; percentiles have
 * three significant digits and a resolution of a microsecond. What took longer than an hour counts
 * as an hour. Without values, all figures are zero. Immutable.
 */
public final class Latencies {
  /** No values at all. */
  public static final Latencies EMPTY = new Latencies(new Histogram(3), 0, 0, 0);

  private final Histogram histogram; // never written to
  private final long minNanos;
  private final long maxNanos;
  private final double sumNanos;

  Latencies(Histogram histogram, long minNanos, long maxNanos, double sumNanos) {
    this.histogram = histogram;
    this.minNanos = minNanos;
    this.maxNanos = maxNanos;
    this.sumNanos = sumNanos;
  }

  /** How many values there are. */
  public long count() {
    return histogram.getTotalCount();
  }

  /** The shortest. */
  public Duration min() {
    return Duration.ofNanos(minNanos);
  }

  /** The longest. */
  public Duration max() {
    return Duration.ofNanos(maxNanos);
  }

  /** The arithmetic mean. */
  public Duration mean() {
    return Duration.ofNanos(Math.round(meanNanos()));
  }

  private double meanNanos() {
    return count() == 0 ? 0 : sumNanos / count();
  }

  /** The standard deviation, of these values themselves rather than of a sample. */
  public Duration stdev() {
    if (minNanos == maxNanos) return Duration.ZERO; // the buckets know them less exactly
    double mean = meanNanos();
    double squares = 0;
    for (HistogramIterationValue value : histogram.recordedValues()) {
      double distance = histogram.medianEquivalentValue(value.getValueIteratedTo()) - mean;
      squares += distance * distance * value.getCountAtValueIteratedTo();
    }
    return Duration.ofNanos(Math.round(Math.sqrt(squares / count())));
  }

  /**
   * The value that so many percent of all values do not exceed: {@code p(50)} is the median.
   *
   * @param percentile 0 to 100
   */
  public Duration p(double percentile) {
    if (!(percentile >= 0 && percentile <= 100)) {
      throw new IllegalArgumentException("percentile not between 0 and 100: " + percentile);
    }
    if (percentile == 0) return min();
    long nanos = histogram.getValueAtPercentile(percentile);
    return Duration.ofNanos(Math.max(minNanos, Math.min(nanos, maxNanos)));
  }

  /** These values and the others together. */
  public Latencies plus(Latencies other) {
    if (other.count() == 0) return this;
    if (count() == 0) return other;
    Histogram both = histogram.copy();
    both.setAutoResize(true);
    both.add(other.histogram);
    return new Latencies(
        both,
        Math.min(minNanos, other.minNanos),
        Math.max(maxNanos, other.maxNanos),
        sumNanos + other.sumNanos);
  }

  EncodedLatencies encoded() {
    return EncodedLatencies.of(histogram, minNanos, maxNanos, sumNanos);
  }

  /** In short: how many, the median and the longest. */
  @Override
  public String toString() {
    return count() + " values, p50 " + p(50) + ", max " + max();
  }
}
