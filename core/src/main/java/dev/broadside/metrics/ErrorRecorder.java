package dev.broadside.metrics;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Collects what a {@link RunError} tells. Only one thread may call it. */
final class ErrorRecorder {
  private static final int MAX_SAMPLE_CHARS = 10_000;

  private long count;
  private long firstNanos = Long.MAX_VALUE;
  private long lastNanos = Long.MIN_VALUE;
  private @Nullable Measurement sample;

  /** One more; they need not come in the order of their time. */
  void record(Measurement failure) {
    long nanos = failure.endNanos();
    count++;
    firstNanos = Math.min(firstNanos, nanos);
    lastNanos = Math.max(lastNanos, nanos);
    if (sample == null) sample = failure.withErrorUpTo(MAX_SAMPLE_CHARS);
  }

  /** What was recorded, which is at least one. */
  RunError error(String text) {
    return new RunError(
        text,
        count,
        Duration.ofNanos(firstNanos),
        Duration.ofNanos(lastNanos),
        Objects.requireNonNull(sample));
  }
}
