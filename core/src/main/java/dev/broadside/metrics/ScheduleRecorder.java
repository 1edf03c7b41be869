package dev.broadside.metrics;

import java.time.Duration;

/** Collects how a run keeps to its schedule, where no {@link RunRecorder} does. Thread-safe. */
public final class ScheduleRecorder {
  private final StartsRecorder starts = new StartsRecorder();
  private final LatencyRecorder response = new LatencyRecorder();
  private final LatencyRecorder schedulerError = new LatencyRecorder();

  /** A recorder of nothing yet. */
  public ScheduleRecorder() {}

  /** Counts an iteration; one without a schedule counts nothing. */
  public synchronized void record(Measurement measurement) {
    if (!measurement.isScheduled()) return;
    starts.started(measurement);
    if (!measurement.failed()) response.record(measurement.responseNanos());
  }

  /** Counts how late an iteration began though a user was free. */
  public synchronized void schedulerError(long nanos) {
    schedulerError.record(nanos);
  }

  /** Counts arrivals that never ran. */
  public synchronized void dropped(long count) {
    starts.dropped(count);
  }

  /** Counts starts that still waited when the run ended. */
  public synchronized void unstarted(long count, Duration longestWait) {
    starts.unstarted(count, longestWait.toNanos());
  }

  /** What was counted so far. */
  public synchronized ScheduleFigures figures() {
    return new ScheduleFigures(starts.starts(), response.latencies(), schedulerError.latencies());
  }
}
