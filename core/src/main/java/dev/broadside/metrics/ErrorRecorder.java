package dev.broadside.metrics;

import java.time.Duration;

/** Collects what a {@link RunError} tells. Only one thread may call it. */
final class ErrorRecorder {
  private long count;
  private long firstNanos = Long.MAX_VALUE;
  private long lastNanos = Long.MIN_VALUE;

  /** One more; they need not come in the order of their time. */
  void record(long nanos) {
    count++;
    firstNanos = Math.min(firstNanos, nanos);
    lastNanos = Math.max(lastNanos, nanos);
  }

  RunError error(String text) {
    return new RunError(text, count, Duration.ofNanos(firstNanos), Duration.ofNanos(lastNanos));
  }
}
