package dev.broadside.metrics;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Collects what a {@link Summary} tells. Only one thread may call it. */
final class SummaryRecorder {
  private final LatencyRecorder service = new LatencyRecorder();
  private final LatencyRecorder failed = new LatencyRecorder();
  private @Nullable StartsRecorder starts; // where there is a schedule
  private final @Nullable SeriesRecorder series;

  SummaryRecorder(@Nullable SeriesRecorder series) {
    this.series = series;
  }

  void record(long endNanos, long nanos, boolean failure) {
    (failure ? failed : service).record(nanos);
    if (series != null) series.record(endNanos, nanos, failure);
  }

  /** Where it has a schedule, beside {@link #record}. */
  void recordStart(Measurement measurement) {
    starts().started(measurement);
  }

  void dropped() {
    starts().dropped();
  }

  void unstarted(long count, long longestWaitNanos) {
    starts().unstarted(count, longestWaitNanos);
  }

  private StartsRecorder starts() {
    if (starts == null) starts = new StartsRecorder();
    return starts;
  }

  /** What ended in the last whole interval before this moment; in the first one, so far. */
  RecentFigures recent(long nowNanos) {
    if (series == null || nowNanos <= 0) return RecentFigures.NONE;
    boolean first = nowNanos < series.widthNanos();
    return RecentFigures.of(
        series.intervalBefore(nowNanos, first ? 0 : 1), Math.min(nowNanos, series.widthNanos()));
  }

  Summary summary(String name, Duration duration) {
    TimeSeries overTime = series == null ? TimeSeries.EMPTY : series.series();
    Latencies took = service.latencies();
    Latencies response = starts == null ? took : starts.response();
    Starts became = starts == null ? Starts.NONE : starts.starts();
    return new Summary(name, took, response, failed.latencies(), became, duration, overTime);
  }
}
