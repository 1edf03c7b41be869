package dev.broadside.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a run was told, as the JSON that {@link ReportDetails} takes. */
public final class JsonConfiguration {
  private static final JsonFactory JSON = new JsonFactory();

  private JsonConfiguration() {}

  /**
   * The settings as a JSON object in several lines.
   *
   * @param settings texts, numbers and booleans by name, and lists and maps of such
   */
  public static String text(Map<String, ?> settings) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text).useDefaultPrettyPrinter()) {
      value(json, settings);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // of a writer into memory
    }
    return text.toString();
  }

  private static void value(JsonGenerator json, @Nullable Object value) throws IOException {
    if (value instanceof Map<?, ?> map) object(json, map);
    else if (value instanceof Collection<?> list) array(json, list);
    else json.writeObject(value); // null, a text, a number or a boolean
  }

  private static void object(JsonGenerator json, Map<?, ?> map) throws IOException {
    json.writeStartObject();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      json.writeFieldName(String.valueOf(entry.getKey()));
      value(json, entry.getValue());
    }
    json.writeEndObject();
  }

  private static void array(JsonGenerator json, Collection<?> list) throws IOException {
    json.writeStartArray();
    for (Object item : list) value(json, item);
    json.writeEndArray();
  }
}
