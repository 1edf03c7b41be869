package dev.broadside.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.broadside.metrics.Latencies;
import dev.broadside.metrics.Summary;
import java.io.IOException;

/** Writes a {@link Summary} into a {@link JsonSummary}. Times are milliseconds. */
final class JsonFigures {
  private final JsonGenerator json;
  private final JsonNumbers numbers;
  private final JsonCurves curves;

  JsonFigures(JsonGenerator json, JsonNumbers numbers) {
    this.json = json;
    this.numbers = numbers;
    this.curves = new JsonCurves(json, numbers);
  }

  /** With what its charts are drawn from. */
  void withCurves(Summary summary) throws IOException {
    summary(summary, true);
  }

  /** The figures alone. */
  void alone(Summary summary) throws IOException {
    summary(summary, false);
  }

  private void summary(Summary summary, boolean withCurves) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", summary.name());
    json.writeNumberField("count", summary.count());
    json.writeNumberField("failures", summary.failures());
    json.writeFieldName("rate");
    numbers.rounded(summary.rate());
    latencies("service", summary.service(), withCurves);
    latencies("failed", summary.failed(), withCurves);
    if (withCurves) curves.series(summary.series());
    json.writeEndObject();
  }

  private void latencies(String field, Latencies latencies, boolean withCurves) throws IOException {
    json.writeObjectFieldStart(field);
    json.writeNumberField("count", latencies.count());
    if (latencies.count() > 0) {
      times(latencies);
      if (withCurves) curves.distribution(latencies);
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
