package dev.broadside.metrics;

/**
 * What ended in the last whole interval of a run that goes on.
 *
 * @param count how many, successes and failures
 * @param failures how many of them failed
 * @param rate how many in a second
 * @param service how long the successes took
 */
public record RecentFigures(long count, long failures, double rate, Latencies service) {
  static RecentFigures of(TimeSeries.Interval interval, long widthNanos) {
    double rate = interval.count() / (widthNanos / 1e9);
    return new RecentFigures(interval.count(), interval.failures(), rate, interval.service());
  }

  /** Of nothing. */
  public static final RecentFigures NONE = new RecentFigures(0, 0, 0, Latencies.EMPTY);
}
