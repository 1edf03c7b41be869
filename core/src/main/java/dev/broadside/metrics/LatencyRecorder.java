package dev.broadside.metrics;

import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Collects latencies: all but the latest are encoded, since there are many recorders, of each
 * label, of each interval of its series. So one costs little, whether or not it is busy. Only one
 * thread may call it.
 */
final class LatencyRecorder {
  private final LatencyBuffer latest = new LatencyBuffer();
  private @Nullable EncodedLatencies encoded;

  /** Counts one latency; beyond an hour it counts as an hour. */
  void record(long nanos) {
    if (latest.isFull()) encoded();
    latest.add(nanos);
  }

  /** What was recorded so far; null if nothing was. */
  @Nullable EncodedLatencies encoded() {
    if (!latest.isEmpty()) encodeLatest();
    return encoded;
  }

  private void encodeLatest() {
    Histogram histogram = encoded == null ? LatencyBuckets.emptyHistogram() : encoded.decoded();
    latest.emptyInto(histogram);
    encoded = latest.encoded(histogram);
  }

  /** What was recorded so far. */
  Latencies latencies() {
    EncodedLatencies all = encoded();
    return all == null ? Latencies.EMPTY : all.latencies();
  }

  /** Takes no more room than it must. */
  void pack() {
    encoded();
    latest.trim();
  }

  /** Takes what the other has recorded. */
  void add(LatencyRecorder other) {
    EncodedLatencies ours = encoded();
    EncodedLatencies theirs = other.encoded();
    latest.addPassed(other.latest);
    if (theirs == null) return;
    encoded = ours == null ? theirs : latest.encoded(sum(ours, theirs));
  }

  private static Histogram sum(EncodedLatencies one, EncodedLatencies other) {
    Histogram both = one.decoded();
    both.add(other.decoded());
    return both;
  }
}
