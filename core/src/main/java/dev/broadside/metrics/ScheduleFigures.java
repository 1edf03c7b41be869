package dev.broadside.metrics;

/**
 * How a run kept to its schedule.
 *
 * @param starts what became of the intended starts
 * @param response how long successes took from their intended start
 * @param schedulerError how much later than intended iterations began though a user was free
 */
public record ScheduleFigures(Starts starts, Latencies response, Latencies schedulerError) {
  /** Without a schedule. */
  public static final ScheduleFigures NONE =
      new ScheduleFigures(Starts.NONE, Latencies.EMPTY, Latencies.EMPTY);
}
