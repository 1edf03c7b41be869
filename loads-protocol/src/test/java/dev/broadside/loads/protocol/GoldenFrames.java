package dev.broadside.loads.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What was said to the original receiver, and what it thought of that. */
final class GoldenFrames {
  private static final ObjectMapper JSON = new ObjectMapper();

  private GoldenFrames() {}

  /** One frame: where it stands, its text, and whether the original took it. */
  record Frame(String file, int line, String text, boolean accepted) {
    byte[] bytes() {
      return text.getBytes(StandardCharsets.UTF_8);
    }

    JsonNode json() {
      return tree(text);
    }

    @Override
    public String toString() {
      return file + ":" + line + " " + text;
    }
  }

  static List<Frame> of(String file) {
    try {
      List<Frame> frames = new ArrayList<>();
      for (String line : Files.readAllLines(Path.of("src/test/resources/golden/loads", file))) {
        JsonNode recorded = tree(line);
        boolean accepted = recorded.path("outcome").asText("ok").equals("ok");
        frames.add(new Frame(file, frames.size() + 1, recorded.get("raw").textValue(), accepted));
      }
      return frames;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
