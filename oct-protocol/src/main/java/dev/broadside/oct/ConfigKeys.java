package dev.broadside.oct;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the keys of a configuration and collects what is wrong with them, to be told all at once.
 */
final class ConfigKeys {
  private static final double MAX_SECONDS = 1e9; // about thirty years
  private static final int MAX_VALUE_CHARS = 60;

  private final Path file;
  private final ObjectNode object;
  private final List<String> faults = new ArrayList<>();

  ConfigKeys(Path file, ObjectNode object) {
    this.file = file;
    this.object = object;
  }

  String text(String key) {
    String text = textOrEmpty(key);
    if (text.isBlank() && object.path(key).isTextual()) fault(key, "a text that is not empty");
    return text;
  }

  String textOrEmpty(String key) {
    JsonNode value = required(key, "a text");
    if (value == null) return "";
    if (!value.isTextual()) fault(key, "a text");
    return value.asText();
  }

  @Nullable String optionalText(String key) {
    return object.hasNonNull(key) ? text(key) : null;
  }

  int wholeNumber(String key, int min, int max) {
    String expected =
        max == Integer.MAX_VALUE
            ? "a whole number of at least " + min
            : "a whole number from " + min + " to " + max;
    JsonNode value = required(key, expected);
    if (value == null) return min;
    if (isWhole(value) && value.doubleValue() >= min && value.doubleValue() <= max) {
      return value.intValue();
    }
    fault(key, expected);
    return min;
  }

  private static boolean isWhole(JsonNode value) {
    return value.isNumber() && value.doubleValue() == Math.rint(value.doubleValue());
  }

  Duration seconds(String key) {
    String expected = "a number of seconds, 0 or more";
    JsonNode value = required(key, expected);
    if (value == null) return Duration.ZERO;
    double seconds = value.isNumber() ? value.doubleValue() : -1;
    if (seconds >= 0 && seconds <= MAX_SECONDS) return Duration.ofNanos(Math.round(seconds * 1e9));
    fault(key, expected);
    return Duration.ZERO;
  }

  private @Nullable JsonNode required(String key, String expected) {
    JsonNode value = object.get(key);
    if (value == null) faults.add("\"" + key + "\" is missing; expected " + expected);
    return value;
  }

  private void fault(String key, String expected) {
    String value = String.valueOf(object.get(key));
    if (value.length() > MAX_VALUE_CHARS) value = value.substring(0, MAX_VALUE_CHARS) + "…";
    faults.add("\"" + key + "\": " + value + " is not " + expected);
  }

  void throwFaults() {
    if (!faults.isEmpty()) throw new ConfigException(file, faults);
  }
}
