package dev.broadside.metrics;

import java.util.Arrays;
import org.HdrHistogram.Histogram;

/**
 * Latencies on their way into a histogram, by their buckets; of all that ever passed the shortest,
 * the longest and the sum. Few are kept one after the other, many as how many each bucket has, so
 * what is busy fills up after 65,535 that are alike: to encode a histogram again costs 50 µs. Only
 * one thread may call it.
 */
final class LatencyBuffer {
  private static final int FIRST_CAPACITY = 16;
  private static final int ROW = 1024; // what buckets grow by
  private static final char[] NONE = {};

  private char[] listed = NONE; // the buckets of the latest, one after the other
  private char[] counts = NONE; // by bucket, once that takes less room
  private int size;
  private boolean full;
  private long minNanos = Long.MAX_VALUE;
  private long maxNanos;
  private double sumNanos; // a long would overflow after 2.5 million hours

  /** Whether it has to be emptied before it takes any more. */
  boolean isFull() {
    return full;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** Takes one; what is longer than an hour counts as an hour. */
  void add(long nanos) {
    long bounded = LatencyBuckets.bounded(nanos);
    minNanos = Math.min(minNanos, bounded);
    maxNanos = Math.max(maxNanos, bounded);
    sumNanos += bounded;
    char bucket = LatencyBuckets.of(bounded);
    if (counts.length == 0 && size == listed.length) makeRoom();
    if (counts.length > 0) count(bucket);
    else listed[size] = bucket;
    size++;
  }

  private void count(char bucket) {
    if (bucket >= counts.length) counts = Arrays.copyOf(counts, rows());
    if (++counts[bucket] == Character.MAX_VALUE) full = true;
  }

  /** Room for the longest that ever passed. */
  private int rows() {
    return (LatencyBuckets.of(maxNanos) / ROW + 1) * ROW;
  }

  private void makeRoom() {
    int more = Math.max(FIRST_CAPACITY, 2 * size);
    if (more < rows()) {
      listed = Arrays.copyOf(listed, more);
      return;
    }
    countListed();
    listed = NONE;
  }

  /** Puts all of them into the histogram, and is empty. */
  void emptyInto(Histogram histogram) {
    if (counts.length == 0) countListed();
    for (int bucket = 0; bucket < counts.length; bucket++) {
      int count = counts[bucket];
      if (count > 0) histogram.recordValueWithCount(LatencyBuckets.nanos((char) bucket), count);
    }
    if (listed.length > 0) counts = NONE;
    else Arrays.fill(counts, (char) 0);
    size = 0;
    full = false;
  }

  /** They are too few to fill a bucket. */
  private void countListed() {
    counts = new char[rows()];
    for (int i = 0; i < size; i++) counts[listed[i]]++;
  }

  /** Takes no more room than it must, once it is empty. */
  void trim() {
    listed = NONE;
    counts = NONE;
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
