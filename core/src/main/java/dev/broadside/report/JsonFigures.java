package dev.broadside.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.broadside.metrics.Starts;
import dev.broadside.metrics.Summary;
import java.io.IOException;

/** Writes a {@link Summary} into a {@link JsonSummary}. Times are milliseconds. */
final class JsonFigures {
  private final JsonGenerator json;
  private final JsonNumbers numbers;
  private final JsonCurves curves;
  private final JsonLatencies latencies;

  JsonFigures(JsonGenerator json, JsonNumbers numbers) {
    this.json = json;
    this.numbers = numbers;
    this.curves = new JsonCurves(json, numbers);
    this.latencies = new JsonLatencies(json, numbers, curves);
  }

  /** How it writes times. */
  JsonLatencies latencies() {
    return latencies;
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
    latencies.write("service", summary.service(), withCurves);
    if (summary.hasSchedule()) schedule(summary, withCurves);
    latencies.write("failed", summary.failed(), withCurves);
    if (withCurves) curves.series(summary.series(), summary.hasSchedule());
    json.writeEndObject();
  }

  private void schedule(Summary summary, boolean withCurves) throws IOException {
    latencies.write("response", summary.response(), withCurves);
    Starts starts = summary.starts();
    json.writeObjectFieldStart("starts");
    json.writeNumberField("scheduled", starts.scheduled());
    json.writeNumberField("onTime", starts.onTime());
    json.writeNumberField("late", starts.late());
    json.writeNumberField("dropped", starts.dropped());
    json.writeNumberField("unstarted", starts.unstarted());
    numbers.millis("longestWaitMillis", starts.longestWait().toNanos());
    json.writeEndObject();
  }
}
