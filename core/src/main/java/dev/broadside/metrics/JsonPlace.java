package dev.broadside.metrics;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A value of a JSON document, which knows where it stands.
 *
 * @param path from the top of the document, as {@code runs[0].started}; empty at the top
 * @param value a map, a list, a text, a number, a boolean or null
 */
record JsonPlace(String path, @Nullable Object value) {
  /** A value that is not what it should be. */
  static final class UnexpectedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnexpectedException(String fault) {
      super(fault);
    }
  }

  /** The whole document. */
  static JsonPlace parse(JsonParser json) throws IOException {
    json.nextToken();
    Object value = value(json);
    if (json.nextToken() != null) throw new UnexpectedException("more follows its end");
    return new JsonPlace("", value);
  }

  private static @Nullable Object value(JsonParser json) throws IOException {
    JsonToken token = json.currentToken();
    if (token == null) throw new UnexpectedException("it is empty");
    return switch (token) {
      case START_OBJECT -> object(json);
      case START_ARRAY -> array(json);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> json.getNumberValue();
      case VALUE_TRUE, VALUE_FALSE -> json.getBooleanValue();
      case VALUE_NULL -> null;
      default -> json.getText();
    };
  }

  private static Map<String, @Nullable Object> object(JsonParser json) throws IOException {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String field = json.currentName();
      json.nextToken();
      object.put(field, value(json));
    }
    return object;
  }

  private static List<@Nullable Object> array(JsonParser json) throws IOException {
    List<@Nullable Object> array = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) array.add(value(json));
    return array;
  }

  /** Whether it is an object that has this field. */
  boolean has(String field) {
    return value instanceof Map<?, ?> object && object.containsKey(field);
  }

  /** The value of a field of an object. */
  JsonPlace at(String field) {
    return new JsonPlace(path + (path.isEmpty() ? "" : ".") + field, object().get(field));
  }

  private Map<?, ?> object() {
    if (value instanceof Map<?, ?> object) return object;
    throw fault("an object");
  }

  /** What its elements mean. */
  <T> List<T> list(Function<JsonPlace, T> meaning) {
    if (!(value instanceof List<?> elements)) throw fault("a list");
    List<T> list = new ArrayList<>();
    for (Object element : elements) {
      list.add(meaning.apply(new JsonPlace(path + "[" + list.size() + "]", element)));
    }
    return list;
  }

  /** What the values of its fields mean. */
  <T> Map<String, T> map(Function<JsonPlace, T> meaning) {
    Map<String, T> map = new LinkedHashMap<>();
    for (Object field : object().keySet()) {
      String name = String.valueOf(field);
      map.put(name, meaning.apply(at(name)));
    }
    return map;
  }

  String text() {
    if (value instanceof String text) return text;
    throw fault("a text");
  }

  Number number() {
    if (value instanceof Number number) return number;
    throw fault("a number");
  }

  /** What a text means to a parser that may refuse it. */
  <T> T parsed(String kind, Function<String, T> parser) {
    String text = text();
    try {
      return parser.apply(text);
    } catch (RuntimeException e) {
      throw fault(kind);
    }
  }

  private UnexpectedException fault(String expected) {
    String where = path.isEmpty() ? "it" : path;
    return new UnexpectedException(where + " should be " + expected + ", and is " + found());
  }

  private String found() {
    if (value instanceof Map) return "an object";
    if (value instanceof List) return "a list";
    return value == null ? "missing" : BoundedNames.shortened(value.toString(), 40);
  }
}
