package dev.broadside.metrics;

import java.util.Arrays;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Collects the latencies of one interval of a series, of which there are many: the latest values as
 * they are, all others encoded. So an interval costs little whether or not it is the current one,
 * and a value that comes late is as welcome as any. Only one thread may call it.
 */
final class IntervalLatencies {
  private static final int FIRST_CAPACITY = 16;
  private static final int MAX_CAPACITY = 1024; // encoding again costs some 50 ns a value with this
  private static final long[] NONE = {};

  private long[] latest = NONE;
  private int latestCount;
  private @Nullable EncodedLatencies encoded;

  void record(long nanos) {
    if (latestCount == latest.length) makeRoom();
    latest[latestCount++] = LatencyRecorder.bounded(nanos);
  }

  private void makeRoom() {
    if (latestCount == MAX_CAPACITY) encodeLatest();
    else latest = Arrays.copyOf(latest, Math.max(FIRST_CAPACITY, 2 * latestCount));
  }

  /** Takes no more room than it must. */
  void pack() {
    if (latestCount > 0) encodeLatest();
    latest = NONE;
  }

  private void encodeLatest() {
    EncodedLatencies before = encoded;
    Histogram histogram = before == null ? LatencyRecorder.emptyHistogram() : before.decoded();
    long min = before == null ? Long.MAX_VALUE : before.minNanos();
    long max = before == null ? 0 : before.maxNanos();
    double sum = before == null ? 0 : before.sumNanos();
    for (int i = 0; i < latestCount; i++) {
      long nanos = latest[i];
      histogram.recordValue(nanos);
      min = Math.min(min, nanos);
      max = Math.max(max, nanos);
      sum += nanos;
    }
    encoded = EncodedLatencies.of(histogram, min, max, sum);
    latestCount = 0;
  }

  /** What was recorded so far; null if nothing was. */
  @Nullable EncodedLatencies encoded() {
    if (latestCount > 0) encodeLatest();
    return encoded;
  }

  /** Takes what the other has recorded. */
  void add(IntervalLatencies other) {
    EncodedLatencies theirs = other.encoded();
    EncodedLatencies ours = encoded();
    encoded = ours == null ? theirs : theirs == null ? ours : sum(ours, theirs);
  }

  private static EncodedLatencies sum(EncodedLatencies one, EncodedLatencies other) {
    Histogram both = one.decoded();
    both.add(other.decoded());
    return EncodedLatencies.of(
        both,
        Math.min(one.minNanos(), other.minNanos()),
        Math.max(one.maxNanos(), other.maxNanos()),
        one.sumNanos() + other.sumNanos());
  }
}
