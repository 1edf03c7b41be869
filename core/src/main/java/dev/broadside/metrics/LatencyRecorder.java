package dev.broadside.metrics;

import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Collects latencies. Only one thread may call it. */
final class LatencyRecorder {
  private final LatencyBuffer latest = new LatencyBuffer();
  private @Nullable Histogram histogram; // many labels never fail: made when first needed

  /** Counts one latency; beyond an hour it counts as an hour. */
  void record(long nanos) {
    if (latest.isFull()) histogram();
    latest.add(nanos);
  }

  /** With the latest in it. */
  private Histogram histogram() {
    if (histogram == null) histogram = LatencyBuckets.emptyHistogram();
    latest.emptyInto(histogram);
    return histogram;
  }

  Latencies latencies() {
    if (histogram == null && latest.isEmpty()) return Latencies.EMPTY;
    return latest.latencies(histogram().copy());
  }
}
