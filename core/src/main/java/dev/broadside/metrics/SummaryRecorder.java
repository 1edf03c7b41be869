package dev.broadside.metrics;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Collects what a {@link Summary} tells. Only one thread may call it. */
final class SummaryRecorder {
  private final TimesRecorder times = new TimesRecorder();
  private @Nullable StartsRecorder starts; // where there is a schedule
  private final @Nullable SeriesRecorder series;

  SummaryRecorder(@Nullable SeriesRecorder series) {
    this.series = series;
  }

  void record(long endNanos, long serviceNanos, long responseNanos, boolean failure) {
    times.record(serviceNanos, responseNanos, failure);
    if (series != null) series.record(endNanos, serviceNanos, responseNanos, failure);
  }

  /** Where it has a schedule, beside {@link #record}. */
  void started(Measurement measurement) {
    starts().started(measurement);
  }

  void dropped(long count) {
    starts().dropped(count);
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
    return summary(name, duration, series == null ? TimeSeries.EMPTY : series.series());
  }

  /** The same without the series, which is most of the work. */
  Summary figures(String name, Duration duration) {
    return summary(name, duration, TimeSeries.EMPTY);
  }

  private Summary summary(String name, Duration duration, TimeSeries overTime) {
    Latencies service = times.service();
    Latencies response = times.response();
    return new Summary(
        name,
        service,
        response == null ? service : response,
        times.failed(),
        starts == null ? Starts.NONE : starts.starts(),
        duration,
        overTime);
  }
}
