package dev.broadside.metrics;

import java.time.Duration;

/** Collects what a {@link Summary} tells. Only one thread may call it. */
final class SummaryRecorder {
  private final LatencyRecorder service = new LatencyRecorder();
  private final LatencyRecorder failed = new LatencyRecorder();

  void record(long nanos, boolean failure) {
    (failure ? failed : service).record(nanos);
  }

  Summary summary(String name, Duration duration) {
    return new Summary(name, service.latencies(), failed.latencies(), duration);
  }
}
