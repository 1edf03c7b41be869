package dev.broadside.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.broadside.metrics.Latencies;
import dev.broadside.metrics.RunNote;
import dev.broadside.metrics.RunResult;
import dev.broadside.metrics.Summary;
import dev.broadside.metrics.UserCount;
import dev.broadside.metrics.Verdict;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * A run as one JSON object, {@code broadside-summary} version 1: what programs read of a run, and
 * what the report and the live page are drawn from. {@code docs/summary-json.md} describes it.
 */
public final class JsonSummary {
  private static final int VERSION = 1;
  private static final JsonFactory JSON = new JsonFactory();

  private final JsonGenerator json;
  private final JsonNumbers numbers;
  private final JsonFigures figures;
  private final JsonErrors errors;
  private final boolean brief;

  private JsonSummary(JsonGenerator json, boolean brief) {
    this.json = json;
    this.numbers = new JsonNumbers(json);
    this.figures = new JsonFigures(json, numbers);
    this.errors = new JsonErrors(json, numbers);
    this.brief = brief;
  }

  /** Writes the document into a file, called by the transactions of the run. */
  public static void write(RunResult result, Path file) throws IOException {
    write(result, ReportDetails.of(result), file);
  }

  /**
   * Writes the document into a file.
   *
   * @throws IOException if that fails, or if the configuration of the details is no JSON object
   */
  public static void write(RunResult result, ReportDetails details, Path file) throws IOException {
    check(details.configuration()); // so that no half of a file is left
    try (OutputStream out = Files.newOutputStream(file)) {
      write(result, details, out);
    }
  }

  /**
   * Writes the document in UTF-8, in one line, and leaves the stream open.
   *
   * @throws IOException if that fails, or if the configuration of the details is no JSON object
   */
  public static void write(RunResult result, ReportDetails details, OutputStream out)
      throws IOException {
    Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8); // half a pair becomes ?
    write(result, details, writer, false);
    writer.flush();
  }

  /** The document as text, in one line. */
  static String text(RunResult result, ReportDetails details) throws IOException {
    return text(result, details, false);
  }

  /**
   * The document as text, in one line, without what the charts of a single transaction or timer are
   * drawn from (their {@code series} and {@code distribution}), and with no more of the errors than
   * the beginnings of the hundred most frequent: so it stays small where a page is told each
   * second.
   *
   * @throws UncheckedIOException if the configuration of the details is no JSON object
   */
  public static String brief(RunResult result, ReportDetails details) {
    try {
      return text(result, details, true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(RunResult result, ReportDetails details, boolean brief)
      throws IOException {
    StringWriter text = new StringWriter();
    write(result, details, text, brief);
    return text.toString();
  }

  private static void write(RunResult result, ReportDetails details, Writer out, boolean brief)
      throws IOException {
    check(details.configuration());
    JsonGenerator json = JSON.createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    try (json) {
      new JsonSummary(json, brief).document(result, details);
    }
  }

  private static void check(String configuration) throws IOException {
    try (JsonParser parser = JSON.createParser(configuration)) {
      boolean isObject = parser.nextToken() == JsonToken.START_OBJECT;
      parser.skipChildren();
      if (isObject && parser.nextToken() == null) return;
    }
    String shown = configuration.isBlank() ? "empty" : PlainText.of(configuration, 80);
    throw new IOException("the configuration is no JSON object: " + shown);
  }

  private void document(RunResult result, ReportDetails details) throws IOException {
    json.writeStartObject();
    json.writeStringField("format", "broadside-summary");
    json.writeNumberField("version", VERSION);
    json.writeStringField("title", details.title());
    json.writeStringField("madeBy", details.version());
    json.writeStringField("started", result.started().toString());
    numbers.seconds("durationSeconds", result.duration());
    verdicts(result);
    if (!result.notes().isEmpty()) notes(result.notes());
    figures(result);
    Latencies schedulerError = result.schedulerError();
    if (schedulerError.count() > 0) figures.latencies().alone("schedulerError", schedulerError);
    if (brief) errors.brief(result.errors());
    else errors.whole(result.errors());
    counters(result.counters());
    expectedUsers(result.expectedUsers());
    if (!result.seeds().isEmpty()) seeds(result.seeds());
    tables(details.tables());
    configuration(details.configuration());
    json.writeEndObject();
  }

  private void verdicts(RunResult result) throws IOException {
    json.writeBooleanField("passed", result.passed());
    json.writeArrayFieldStart("thresholds");
    for (Verdict verdict : result.verdicts()) {
      json.writeStartObject();
      json.writeStringField("threshold", verdict.threshold());
      json.writeBooleanField("passed", verdict.passed());
      json.writeStringField("measured", verdict.measured());
      json.writeBooleanField("abort", verdict.abort());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void notes(List<RunNote> notes) throws IOException {
    json.writeArrayFieldStart("notes");
    for (RunNote note : notes) {
      json.writeStartObject();
      json.writeStringField("text", note.text());
      json.writeBooleanField("failure", note.failure());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void figures(RunResult result) throws IOException {
    json.writeFieldName("all");
    figures.withCurves(result.all());
    labels("transactions", result.transactions().values());
    labels("timers", result.timers().values());
    json.writeArrayFieldStart("groups");
    for (Summary group : result.groups().values()) figures.alone(group);
    json.writeEndArray();
  }

  private void labels(String field, Collection<Summary> labels) throws IOException {
    json.writeArrayFieldStart(field);
    for (Summary label : labels) {
      if (brief) figures.alone(label);
      else figures.withCurves(label);
    }
    json.writeEndArray();
  }

  private void counters(Map<String, Long> counters) throws IOException {
    json.writeObjectFieldStart("counters");
    for (Map.Entry<String, Long> counter : counters.entrySet()) {
      json.writeNumberField(counter.getKey(), counter.getValue());
    }
    json.writeEndObject();
  }

  private void expectedUsers(List<UserCount> users) throws IOException {
    json.writeArrayFieldStart("expectedUsers");
    for (UserCount count : users) {
      json.writeStartArray();
      numbers.seconds(count.at());
      numbers.rounded(count.users());
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  /** As texts: many readers take a number for one of 53 bits. */
  private void seeds(Map<String, Long> seeds) throws IOException {
    json.writeObjectFieldStart("seeds");
    for (Map.Entry<String, Long> seed : seeds.entrySet()) {
      json.writeStringField(seed.getKey(), seed.getValue().toString());
    }
    json.writeEndObject();
  }

  private void tables(List<ReportDetails.DetailTable> tables) throws IOException {
    json.writeArrayFieldStart("tables");
    for (ReportDetails.DetailTable table : tables) {
      json.writeStartObject();
      json.writeStringField("title", table.title());
      json.writeFieldName("columns");
      texts(table.columns());
      json.writeArrayFieldStart("rows");
      for (List<String> row : table.rows()) texts(row);
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void texts(List<String> texts) throws IOException {
    json.writeStartArray();
    for (String text : texts) json.writeString(text);
    json.writeEndArray();
  }

  /** Copied token by token, so that it stays in the one line. */
  private void configuration(String configuration) throws IOException {
    json.writeFieldName("configuration");
    try (JsonParser parser = JSON.createParser(configuration)) {
      parser.nextToken();
      json.copyCurrentStructure(parser);
    }
  }
}
