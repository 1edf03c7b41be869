package dev.broadside.metrics;

import java.time.Duration;
import java.util.Locale;

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

  /** These and the others together. */
  public ScheduleFigures plus(ScheduleFigures other) {
    return new ScheduleFigures(
        starts.plus(other.starts),
        response.plus(other.response),
        schedulerError.plus(other.schedulerError));
  }

  /** In words: what became of the starts, and how late they were. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%,d scheduled = %,d on time + %,d late + %,d dropped + %,d unstarted, longest wait %s;"
            + " response time p(50) %s, p(99) %s; scheduler error p(99) %s",
        starts.scheduled(),
        starts.onTime(),
        starts.late(),
        starts.dropped(),
        starts.unstarted(),
        millis(starts.longestWait()),
        millis(response.p(50)),
        millis(response.p(99)),
        millis(schedulerError.p(99)));
  }

  private static String millis(Duration time) {
    return String.format(Locale.ROOT, "%,.1f ms", time.toNanos() / 1e6);
  }
}
