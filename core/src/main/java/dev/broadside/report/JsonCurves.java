package dev.broadside.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.broadside.metrics.Latencies;
import dev.broadside.metrics.TimeSeries;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** Writes what the charts of a {@link JsonSummary} are drawn from: times of four digits. */
final class JsonCurves {
  private static final int POINTS_A_DECADE = 8; // from 0 to 90 %, from 90 to 99 %, …
  private static final MathContext FOUR_DIGITS = new MathContext(4);
  private static final MathContext TEN_DIGITS = new MathContext(10);

  private final JsonGenerator json;
  private final JsonNumbers numbers;

  JsonCurves(JsonGenerator json, JsonNumbers numbers) {
    this.json = json;
    this.numbers = numbers;
  }

  /** Percentiles, the denser the higher, as the plot of HdrHistogram has them. */
  void distribution(Latencies latencies) throws IOException {
    json.writeArrayFieldStart("distribution");
    double longer = 1; // the share of the values that may be longer
    for (int i = 1; longer * latencies.count() >= 1; i++) {
      point(latencies, 100 - 100 * longer);
      longer = Math.pow(10, -i / (double) POINTS_A_DECADE);
    }
    point(latencies, 100);
    json.writeEndArray();
  }

  private void point(Latencies latencies, double percentile) throws IOException {
    json.writeStartArray();
    numbers.rounded(BigDecimal.valueOf(percentile), TEN_DIGITS);
    numbers.millisRounded(latencies.p(percentile), FOUR_DIGITS);
    json.writeEndArray();
  }

  /** What the latencies of one interval are shown with. Without a success there are none. */
  private record Times(
      boolean some,
      Duration mean,
      Duration p50,
      Duration p90,
      Duration p95,
      Duration p99,
      Duration max) {
    static Times of(Latencies latencies) {
      return new Times(
          latencies.count() > 0,
          latencies.mean(),
          latencies.p(50),
          latencies.p(90),
          latencies.p(95),
          latencies.p(99),
          latencies.max());
    }
  }

  /** How it went over time; with its response times where there was a schedule. */
  void series(TimeSeries series, boolean withResponse) throws IOException {
    json.writeObjectFieldStart("series");
    numbers.seconds("intervalSeconds", series.interval());
    counts("count", series, TimeSeries.Interval::count);
    counts("failures", series, TimeSeries.Interval::failures);
    times(series, TimeSeries.Interval::service);
    if (withResponse) {
      json.writeObjectFieldStart("response");
      times(series, TimeSeries.Interval::response);
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private void counts(String field, TimeSeries series, ToLongFunction<TimeSeries.Interval> count)
      throws IOException {
    json.writeArrayFieldStart(field);
    for (TimeSeries.Interval interval : series.intervals()) {
      json.writeNumber(count.applyAsLong(interval));
    }
    json.writeEndArray();
  }

  private void times(TimeSeries series, Function<TimeSeries.Interval, Latencies> of)
      throws IOException {
    List<Times> points = series.intervals().stream().map(of).map(Times::of).toList();
    times("mean", points, Times::mean);
    times("p50", points, Times::p50);
    times("p90", points, Times::p90);
    times("p95", points, Times::p95);
    times("p99", points, Times::p99);
    times("max", points, Times::max);
  }

  private void times(String field, List<Times> points, Function<Times, Duration> time)
      throws IOException {
    json.writeArrayFieldStart(field);
    for (Times point : points) {
      if (point.some()) numbers.millisRounded(time.apply(point), FOUR_DIGITS);
      else json.writeNull();
    }
    json.writeEndArray();
  }
}
