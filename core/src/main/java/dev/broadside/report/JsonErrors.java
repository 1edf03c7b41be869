package dev.broadside.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.broadside.metrics.Measurement;
import dev.broadside.metrics.RunError;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Writes the errors of a run into a {@link JsonSummary}. */
final class JsonErrors {
  private static final int MAX_SAMPLES = 50;
  private static final int MAX_BRIEF_ERRORS = 100;
  private static final int MAX_BRIEF_CHARS = 200;

  private final JsonGenerator json;
  private final JsonNumbers numbers;

  JsonErrors(JsonGenerator json, JsonNumbers numbers) {
    this.json = json;
    this.numbers = numbers;
  }

  /** All of them; the most frequent have a sample. */
  void whole(List<RunError> errors) throws IOException {
    json.writeArrayFieldStart("errors");
    for (int i = 0; i < errors.size(); i++) {
      json.writeStartObject();
      error(errors.get(i), errors.get(i).text());
      if (i < MAX_SAMPLES) sample(errors.get(i).sample());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** The beginnings of the most frequent. */
  void brief(List<RunError> errors) throws IOException {
    json.writeArrayFieldStart("errors");
    for (RunError error : errors.subList(0, Math.min(errors.size(), MAX_BRIEF_ERRORS))) {
      json.writeStartObject();
      error(error, PlainText.shortened(error.text(), MAX_BRIEF_CHARS));
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void error(RunError error, String text) throws IOException {
    json.writeStringField("text", text);
    json.writeNumberField("count", error.count());
    numbers.seconds("firstSeenSeconds", error.firstSeen());
    numbers.seconds("lastSeenSeconds", error.lastSeen());
  }

  private void sample(Measurement sample) throws IOException {
    json.writeObjectFieldStart("sample");
    json.writeStringField("label", sample.label());
    json.writeStringField("group", sample.group());
    if (sample.isScheduled()) {
      numbers.seconds("intendedStartSeconds", Duration.ofNanos(sample.intendedStartNanos()));
      numbers.millis("latenessMillis", sample.latenessNanos());
    }
    numbers.seconds("startSeconds", Duration.ofNanos(sample.startNanos()));
    numbers.millis("serviceMillis", sample.serviceNanos());
    json.writeStringField("error", sample.error());
    json.writeObjectFieldStart("timersMillis");
    for (Map.Entry<String, Long> timer : sample.timers().entrySet()) {
      numbers.millis(timer.getKey(), timer.getValue());
    }
    json.writeEndObject();
    json.writeEndObject();
  }
}
