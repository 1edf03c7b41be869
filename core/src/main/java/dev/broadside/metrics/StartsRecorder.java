package dev.broadside.metrics;

import java.time.Duration;

/** Collects what became of intended starts. Only one thread may call it. */
final class StartsRecorder {
  private long begun;
  private long late;
  private long dropped;
  private long unstarted;
  private long longestWaitNanos;

  /** One that has a schedule. */
  void started(Measurement measurement) {
    begun++;
    if (measurement.punctuality() != Punctuality.LATE) return;
    late++;
    longestWaitNanos = Math.max(longestWaitNanos, measurement.latenessNanos());
  }

  void dropped(long count) {
    dropped += count;
  }

  void unstarted(long count, long longestWaitNanos) {
    unstarted += count;
    this.longestWaitNanos = Math.max(this.longestWaitNanos, longestWaitNanos);
  }

  Starts starts() {
    return new Starts(
        begun + dropped + unstarted, late, dropped, unstarted, Duration.ofNanos(longestWaitNanos));
  }
}
