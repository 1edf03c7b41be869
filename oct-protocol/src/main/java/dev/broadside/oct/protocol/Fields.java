package dev.broadside.oct.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of one message of a turret, each with a clear word when it is missing or wrong. */
final class Fields {
  /** About 285 years: what fits into a long of nanoseconds. */
  static final double MAX_SECONDS = 9e9;

  private final JsonNode object;
  private final byte[] message;

  Fields(JsonNode object, byte[] message) {
    this.object = object;
    this.message = message;
  }

  boolean has(String key) {
    return object.has(key);
  }

  String text(String key) throws MalformedMessageException {
    JsonNode value = required(key);
    if (!value.isValueNode() || value.isNull()) throw faulty(key, "is not a text");
    return value.asText();
  }

  @Nullable String textOrNull(String key) throws MalformedMessageException {
    return required(key).isNull() ? null : text(key);
  }

  /** A finite number, or a text that is one: the original takes both. */
  double number(String key) throws MalformedMessageException {
    return number(key, required(key));
  }

  private double number(String key, JsonNode value) throws MalformedMessageException {
    double number = Double.NaN;
    if (value.isNumber()) number = value.doubleValue();
    else if (value.isTextual()) number = parsed(key, value.textValue());
    if (!Double.isFinite(number)) throw faulty(key, "is not a finite number");
    return number;
  }

  private double parsed(String key, String text) throws MalformedMessageException {
    try {
      return Double.parseDouble(text.strip());
    } catch (NumberFormatException e) {
      throw faulty(key, "is not a number");
    }
  }

  /**
   * Seconds as nanoseconds. Clocks that were set back make small negative ones: they count as 0.
   */
  long nanos(String key) throws MalformedMessageException {
    return nanos(key, required(key));
  }

  private long nanos(String key, JsonNode value) throws MalformedMessageException {
    double seconds = number(key, value);
    if (seconds > MAX_SECONDS) throw faulty(key, "is larger than any run");
    return Math.round(Math.max(0, seconds) * 1e9);
  }

  Map<String, Long> timers(String key) throws MalformedMessageException {
    JsonNode value = required(key);
    if (!value.isObject()) throw faulty(key, "is not an object of numbers");
    if (value.isEmpty()) return Map.of();
    Map<String, Long> timers = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> timer : value.properties()) {
      timers.put(timer.getKey(), nanos(key + "\" entry \"" + timer.getKey(), timer.getValue()));
    }
    return Collections.unmodifiableMap(timers);
  }

  private JsonNode required(String key) throws MalformedMessageException {
    JsonNode value = object.get(key);
    if (value == null) throw faulty(key, "is missing");
    return value;
  }

  private MalformedMessageException faulty(String key, String fault) {
    return new MalformedMessageException("message's \"" + key + "\" " + fault, message);
  }
}
