package dev.broadside.metrics;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Collects what a {@link Summary} tells. Only one thread may call it. */
final class SummaryRecorder {
  private final LatencyRecorder service = new LatencyRecorder();
  private final LatencyRecorder failed = new LatencyRecorder();
  private final @Nullable SeriesRecorder series;

  SummaryRecorder(@Nullable SeriesRecorder series) {
    this.series = series;
  }

  void record(long endNanos, long nanos, boolean failure) {
    (failure ? failed : service).record(nanos);
    if (series != null) series.record(endNanos, nanos, failure);
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
    return new Summary(name, service.latencies(), failed.latencies(), duration, overTime);
  }
}
