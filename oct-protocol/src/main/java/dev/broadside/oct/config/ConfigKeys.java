package dev.broadside.oct.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the keys of one JSON object and collects what is wrong with them. A faulty key reads as its
 * default, or as some harmless value, since the faults are thrown before anyone sees it.
 */
public final class ConfigKeys {
  private static final double MAX_SECONDS = 1e9; // about thirty years
  private static final int MAX_VALUE_CHARS = 60;

  private final ObjectNode object;
  private final String where;
  private final List<String> faults;

  /**
   * Reads this object.
   *
   * @param where how a fault begins, when the object is not the file itself
   * @param faults gets them
   */
  public ConfigKeys(ObjectNode object, String where, List<String> faults) {
    this.object = object;
    this.where = where;
    this.faults = faults;
  }

  /** A required text that is not empty. */
  public String text(String key) {
    JsonNode value = required(key, "a text that is not empty");
    if (value == null) return "";
    if (!value.isTextual() || value.textValue().isBlank()) fault(key, "a text that is not empty");
    return value.asText();
  }

  /** A text, or this one when the key is missing. */
  public String text(String key, String otherwise) {
    JsonNode value = object.get(key);
    if (value == null) return otherwise;
    if (!value.isTextual()) fault(key, "a text");
    return value.asText();
  }

  /** A required text, which may be empty. */
  public String textOrEmpty(String key) {
    JsonNode value = required(key, "a text");
    if (value == null) return "";
    if (!value.isTextual()) fault(key, "a text");
    return value.asText();
  }

  /** A text that is not empty, or null when the key is missing or null. */
  public @Nullable String optionalText(String key) {
    return object.hasNonNull(key) ? text(key) : null;
  }

  /** A required true or false. */
  public boolean flag(String key) {
    JsonNode value = required(key, "true or false");
    if (value == null) return false;
    if (!value.isBoolean()) fault(key, "true or false");
    return value.booleanValue();
  }

  /** A required port from 1 to 65535. */
  public int port(String key) {
    String expected = "a port; expected a number from 1 to 65535";
    return required(key, "a port, 1 to 65535") == null ? 1 : number(key, 1, 65535, expected);
  }

  /** A port from 0 to 65535, or this one when the key is missing. */
  public int port(String key, int otherwise) {
    return object.has(key)
        ? number(key, 0, 65535, "a port; expected a number from 0 to 65535")
        : otherwise;
  }

  /** A whole number of at least 1, or this one when the key is missing. */
  public int atLeastOne(String key, int otherwise) {
    return object.has(key) ? atLeastOne(key) : otherwise;
  }

  /** A required whole number of at least 1. */
  public int atLeastOne(String key) {
    String expected = "a whole number from 1 to " + Integer.MAX_VALUE;
    return required(key, expected) == null ? 1 : number(key, 1, Integer.MAX_VALUE, expected);
  }

  private int number(String key, int min, int max, String expected) {
    JsonNode value = object.path(key);
    boolean whole = value.isNumber() && value.doubleValue() == Math.rint(value.doubleValue());
    if (whole && value.doubleValue() >= min && value.doubleValue() <= max) return value.intValue();
    fault(key, expected);
    return min;
  }

  /** A number of seconds; zero only where that is allowed. */
  public Duration seconds(String key, boolean zeroAllowed) {
    String expected = "a number of seconds, " + (zeroAllowed ? "0 or more" : "more than 0");
    JsonNode value = required(key, expected);
    if (value == null) return Duration.ZERO;
    double seconds = value.isNumber() ? value.doubleValue() : -1;
    boolean allowed = zeroAllowed ? seconds >= 0 : seconds > 0;
    if (allowed && seconds <= MAX_SECONDS) {
      return Duration.ofNanos(Math.round(seconds * 1e9));
    }
    fault(key, expected);
    return Duration.ZERO;
  }

  /** An object, or null when there is none. */
  public @Nullable ObjectNode object(String key) {
    JsonNode value = object.get(key);
    if (value == null || value instanceof ObjectNode) return (ObjectNode) value;
    fault(key, "an object: { … }");
    return null;
  }

  /** The elements of an array. */
  public Iterable<JsonNode> array(String key) {
    String expected = "a list: [ … ]";
    JsonNode value = required(key, expected);
    if (value == null) return List.of();
    if (!value.isArray()) fault(key, expected);
    return value.isArray() ? value : List.of();
  }

  /** The elements of an array; none when the key is missing. */
  public Iterable<JsonNode> arrayOrNone(String key) {
    return object.has(key) ? array(key) : List.of();
  }

  private @Nullable JsonNode required(String key, String expected) {
    JsonNode value = object.get(key);
    if (value == null) faults.add(where + "\"" + key + "\" is missing; expected " + expected);
    return value;
  }

  private void fault(String key, String expected) {
    faults.add(where + "\"" + key + "\": " + excerpt(object.path(key)) + " is not " + expected);
  }

  /** The value as it stands in the file, unless it is long. */
  public static String excerpt(JsonNode value) {
    String text = value.toString();
    return text.length() <= MAX_VALUE_CHARS ? text : text.substring(0, MAX_VALUE_CHARS) + "…";
  }
}
