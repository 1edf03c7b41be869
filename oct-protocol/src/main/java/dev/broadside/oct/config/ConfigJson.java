package dev.broadside.oct.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the one JSON object that a configuration file is. */
public final class ConfigJson {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private static final TypeReference<Map<String, @Nullable Object>> VALUES =
      new TypeReference<>() {};

  private ConfigJson() {}

  /** A file is no JSON object. The message says what it is instead, and follows the file's name. */
  public static final class Fault extends Exception {
    private static final long serialVersionUID = 1L;

    private Fault(String message) {
      super(message);
    }

    /** The words; never null. */
    @Override
    public String getMessage() {
      return String.valueOf(super.getMessage());
    }
  }

  /**
   * Reads a file.
   *
   * @throws Fault if it is no JSON object
   * @throws IOException if it cannot be read
   */
  public static ObjectNode read(Path file) throws IOException, Fault {
    try {
      return parse(Files.readString(file));
    } catch (CharacterCodingException e) {
      throw new Fault("is not UTF-8");
    }
  }

  /**
   * Reads a text.
   *
   * @throws Fault if it is no JSON object
   */
  public static ObjectNode parse(String json) throws Fault {
    try {
      if (JSON.readTree(json) instanceof ObjectNode object) return object;
      throw new Fault("is not a JSON object; expected { … }");
    } catch (JsonProcessingException e) {
      throw new Fault("is not JSON: " + words(e));
    }
  }

  /** What the parser says, without what it says of itself. */
  private static String words(JsonProcessingException e) {
    String message =
        e.getOriginalMessage().replaceAll(" \\(start marker at .*| at \\[Source: .*", "");
    JsonLocation place = e.getLocation();
    return place == null ? message : "line " + place.getLineNr() + ": " + message;
  }

  /** The object's values as plain Java: texts, numbers, booleans, lists, maps; null is a value. */
  public static Map<String, @Nullable Object> values(ObjectNode object) {
    return JSON.convertValue((JsonNode) object, VALUES);
  }
}
