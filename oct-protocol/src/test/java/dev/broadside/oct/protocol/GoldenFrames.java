package dev.broadside.oct.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the reference programs said on the wire, by file. */
final class GoldenFrames {
  private static final ObjectMapper JSON = new ObjectMapper();

  private GoldenFrames() {}

  /** One message: who to whom, and its frames. */
  record Message(String file, String direction, List<byte[]> frames) {
    String text() {
      return new String(frames.get(0), StandardCharsets.UTF_8);
    }
  }

  static List<Message> orders() {
    return all().stream().filter(m -> m.direction().equals("hq->turret")).toList();
  }

  static List<Message> fromTurrets() {
    return all().stream().filter(m -> m.direction().equals("turret->hq")).toList();
  }

  private static List<Message> all() {
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/golden"))) {
      return files
          .filter(file -> file.toString().endsWith(".jsonl"))
          .sorted()
          .flatMap(file -> messages(file).stream())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Message> messages(Path file) {
    try {
      List<Message> messages = new ArrayList<>();
      for (String line : Files.readAllLines(file)) {
        JsonNode message = JSON.readTree(line);
        List<byte[]> frames = new ArrayList<>();
        for (JsonNode frame : message.get("frames")) {
          frames.add(frame.textValue().getBytes(StandardCharsets.UTF_8));
        }
        messages.add(
            new Message(file.getFileName().toString(), message.get("dir").textValue(), frames));
      }
      return messages;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
