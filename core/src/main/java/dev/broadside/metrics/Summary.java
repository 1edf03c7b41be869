package dev.broadside.metrics;

import java.time.Duration;

/**
 * What is to be said of one transaction, one timer, one group, or of all. Times of failures stand
 * apart, so that an error that comes back at once does not flatter those of successes.
 *
 * @param name whose figures these are
 * @param service how long the successes took
 * @param response how long they took from their intended start; the same as {@code service} where
 *     there was no schedule
 * @param failed how long the failures took
 * @param starts what became of the intended starts; {@link Starts#NONE} where there was no schedule
 * @param duration how long the run went on
 * @param series how it went over time
 */
public record Summary(
    String name,
    Latencies service,
    Latencies response,
    Latencies failed,
    Starts starts,
    Duration duration,
    TimeSeries series) {
  /** Whether there was a schedule, so that response times and starts tell something. */
  public boolean hasSchedule() {
    return starts.scheduled() > 0;
  }

  /** How many there were, successes and failures. */
  public long count() {
    return service.count() + failed.count();
  }

  /** How many of them failed; of a timer: how many belong to a transaction that failed. */
  public long failures() {
    return failed.count();
  }

  /** How many there were in a second, successes and failures. */
  public double rate() {
    return duration.isZero() ? 0 : count() / (duration.toNanos() / 1e9);
  }
}
