package dev.broadside.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.broadside.metrics.Latencies;
import java.io.IOException;

/** Writes {@link Latencies} into a {@link JsonSummary}, in milliseconds. */
final class JsonLatencies {
  private final JsonGenerator json;
  private final JsonNumbers numbers;
  private final JsonCurves curves;

  JsonLatencies(JsonGenerator json, JsonNumbers numbers, JsonCurves curves) {
    this.json = json;
    this.numbers = numbers;
    this.curves = curves;
  }

  /** The figures alone. */
  void alone(String field, Latencies latencies) throws IOException {
    write(field, latencies, false);
  }

  /** The figures, with what a plot of the distribution is drawn from or without. */
  void write(String field, Latencies latencies, boolean withDistribution) throws IOException {
    json.writeObjectFieldStart(field);
    json.writeNumberField("count", latencies.count());
    if (latencies.count() > 0) {
      times(latencies);
      if (withDistribution) curves.distribution(latencies);
    }
    json.writeEndObject();
  }

  private void times(Latencies latencies) throws IOException {
    numbers.millis("min", latencies.min().toNanos());
    numbers.millis("mean", latencies.mean().toNanos());
    numbers.millis("stdev", latencies.stdev().toNanos());
    numbers.millis("p50", latencies.p(50).toNanos());
    numbers.millis("p75", latencies.p(75).toNanos());
    numbers.millis("p90", latencies.p(90).toNanos());
    numbers.millis("p95", latencies.p(95).toNanos());
    numbers.millis("p99", latencies.p(99).toNanos());
    numbers.millis("p99.9", latencies.p(99.9).toNanos());
    numbers.millis("max", latencies.max().toNanos());
  }
}
