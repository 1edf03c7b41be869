package dev.broadside.metrics;

import java.util.Arrays;
import org.HdrHistogram.Histogram;

/**
 * Latencies on their way into a histogram, by their buckets; of all that ever passed the shortest,
 * the longest and the sum. To encode a histogram again costs 50 µs, so it is done by the thousand.
 * Only one thread may call it.
 */
final class LatencyBuffer {
  private static final int FIRST_CAPACITY = 16;
  private static final int MAX_CAPACITY = 8192; // so encoding costs some 6 ns a value
  private static final char[] NONE = {};

  private char[] buckets = NONE;
  private int size;
  private long minNanos = Long.MAX_VALUE;
  private long maxNanos;
  private double sumNanos; // a long would overflow after 2.5 million hours

  /** Whether it has to be emptied before it takes any more. */
  boolean isFull() {
    return size == MAX_CAPACITY;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** Takes one; what is longer than an hour counts as an hour. */
  void add(long nanos) {
    if (size == buckets.length)
      buckets = Arrays.copyOf(buckets, Math.max(FIRST_CAPACITY, 2 * size));
    long bounded = LatencyBuckets.bounded(nanos);
    buckets[size++] = LatencyBuckets.of(bounded);
    minNanos = Math.min(minNanos, bounded);
    maxNanos = Math.max(maxNanos, bounded);
    sumNanos += bounded;
  }

  /** Puts all of them into the histogram, and is empty. */
  void emptyInto(Histogram histogram) {
    int[] counts = counts(); // many are alike, and here to count one more costs next to nothing
    for (int bucket = 0; bucket < counts.length; bucket++) {
      int count = counts[bucket];
      if (count > 0) histogram.recordValueWithCount(LatencyBuckets.nanos((char) bucket), count);
    }
    size = 0;
  }

  private int[] counts() {
    int[] counts = new int[LatencyBuckets.of(maxNanos) + 1];
    for (int i = 0; i < size; i++) counts[buckets[i]]++;
    return counts;
  }

  /** Takes no more room than it must. */
  void trim() {
    buckets = Arrays.copyOf(buckets, size);
  }

  /** What has passed the other counts as if it had passed this one. */
  void addPassed(LatencyBuffer other) {
    minNanos = Math.min(minNanos, other.minNanos);
    maxNanos = Math.max(maxNanos, other.maxNanos);
    sumNanos += other.sumNanos;
  }

  /** All that passed, encoded. */
  EncodedLatencies encoded(Histogram histogram) {
    return EncodedLatencies.of(histogram, minNanos, maxNanos, sumNanos);
  }
}
