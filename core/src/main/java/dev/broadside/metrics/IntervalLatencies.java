package dev.broadside.metrics;

import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Collects the latencies of one interval of a series, of which there are many: all but the latest
 * are encoded. So an interval costs little whether or not it is the current one, and a value that
 * comes late is as welcome as any. Only one thread may call it.
 */
final class IntervalLatencies {
  private final LatencyBuffer latest = new LatencyBuffer();
  private @Nullable EncodedLatencies encoded;

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

  /** Takes no more room than it must. */
  void pack() {
    encoded();
    latest.trim();
  }

  /** Takes what the other has recorded. */
  void add(IntervalLatencies other) {
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
