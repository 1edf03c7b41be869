package dev.broadside.metrics;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Writes a baseline as JSON. */
final class BaselineWriter {
  static final String FORMAT = "broadside-baseline";
  static final int VERSION = 1;

  private final JsonGenerator json;

  private BaselineWriter(JsonGenerator json) {
    this.json = json;
  }

  static void write(Baseline baseline, Path file) throws IOException {
    try (Writer out = Files.newBufferedWriter(file);
        JsonGenerator json = new JsonFactory().createGenerator(out).useDefaultPrettyPrinter()) {
      new BaselineWriter(json).baseline(baseline);
    }
  }

  private void baseline(Baseline baseline) throws IOException {
    json.writeStartObject();
    json.writeStringField("format", FORMAT);
    json.writeNumberField("version", VERSION);
    json.writeArrayFieldStart("runs");
    for (BaselineRun run : baseline.runs()) run(run);
    json.writeEndArray();
    json.writeEndObject();
  }

  private void run(BaselineRun run) throws IOException {
    json.writeStartObject();
    json.writeStringField("started", run.started().toString());
    json.writeStringField("duration", run.duration().toString());
    json.writeFieldName("all");
    figures(run.all());
    labels("transactions", run.transactions());
    labels("timers", run.timers());
    json.writeEndObject();
  }

  private void labels(String field, Map<String, BaselineFigures> labels) throws IOException {
    json.writeObjectFieldStart(field);
    for (Map.Entry<String, BaselineFigures> label : labels.entrySet()) {
      json.writeFieldName(label.getKey());
      figures(label.getValue());
    }
    json.writeEndObject();
  }

  private void figures(BaselineFigures figures) throws IOException {
    json.writeStartObject();
    json.writeFieldName("service");
    sliced(figures.service());
    if (figures.response() != null) {
      json.writeFieldName("response");
      sliced(figures.response());
    }
    json.writeEndObject();
  }

  private void sliced(SlicedLatencies latencies) throws IOException {
    json.writeStartObject();
    json.writeFieldName("run");
    latencies(latencies.whole());
    json.writeArrayFieldStart("slices");
    for (EncodedLatencies slice : latencies.slices()) latencies(slice);
    json.writeEndArray();
    json.writeEndObject();
  }

  private void latencies(EncodedLatencies latencies) throws IOException {
    json.writeStartObject();
    json.writeNumberField("min_ns", latencies.minNanos());
    json.writeNumberField("max_ns", latencies.maxNanos());
    json.writeNumberField("sum_ns", latencies.sumNanos());
    json.writeStringField("histogram", latencies.base64());
    json.writeEndObject();
  }
}
