package dev.broadside.oct.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads custom timers from the JSON text that a database keeps: seconds by name. Source:
 * docs/protocols.md 1.8.
 */
public final class TimersReader {
  private static final JsonFactory JSON = new JsonFactory();
  private static final double MAX_SECONDS = 9e9; // what fits into a long of nanoseconds

  private TimersReader() {}

  /**
   * The timers in nanoseconds by name; null if the text is not an object of finite numbers.
   *
   * @param json may be null, as a database's column may
   */
  public static @Nullable Map<String, Long> read(@Nullable String json) {
    if (json == null) return null;
    if (json.equals(TimersWriter.NONE)) return Map.of();
    try (JsonParser parser = JSON.createParser(json)) {
      return read(parser);
    } catch (IOException e) {
      return null;
    }
  }

  private static @Nullable Map<String, Long> read(JsonParser parser) throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) return null;
    Map<String, Long> timers = new LinkedHashMap<>();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      if (!parser.nextToken().isNumeric()) return null;
      double seconds = parser.getDoubleValue();
      if (!(seconds <= MAX_SECONDS)) return null;
      timers.put(name, Math.round(Math.max(0, seconds) * 1e9));
    }
    boolean whole = parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null;
    return whole ? Collections.unmodifiableMap(timers) : null;
  }
}
