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

  /** What one interval of a series is shown with. Without a success it has no times. */
  private record Point(
      long count,
      long failures,
      boolean timed,
      Duration mean,
      Duration p50,
      Duration p90,
      Duration p95,
      Duration p99,
      Duration max) {
    static Point of(TimeSeries.Interval interval) {
      Latencies service = interval.service();
      return new Point(
          interval.count(),
          interval.failures(),
          service.count() > 0,
          service.mean(),
          service.p(50),
          service.p(90),
          service.p(95),
          service.p(99),
          service.max());
    }
  }

  void series(TimeSeries series) throws IOException {
    List<Point> points = series.intervals().stream().map(Point::of).toList(); // each decoded once
    json.writeObjectFieldStart("series");
    numbers.seconds("intervalSeconds", series.interval());
    counts("count", points, Point::count);
    counts("failures", points, Point::failures);
    times("mean", points, Point::mean);
    times("p50", points, Point::p50);
    times("p90", points, Point::p90);
    times("p95", points, Point::p95);
    times("p99", points, Point::p99);
    times("max", points, Point::max);
    json.writeEndObject();
  }

  private void counts(String field, List<Point> points, ToLongFunction<Point> count)
      throws IOException {
    json.writeArrayFieldStart(field);
    for (Point point : points) json.writeNumber(count.applyAsLong(point));
    json.writeEndArray();
  }

  private void times(String field, List<Point> points, Function<Point, Duration> time)
      throws IOException {
    json.writeArrayFieldStart(field);
    for (Point point : points) {
      if (point.timed()) numbers.millisRounded(time.apply(point), FOUR_DIGITS);
      else json.writeNull();
    }
    json.writeEndArray();
  }
}
