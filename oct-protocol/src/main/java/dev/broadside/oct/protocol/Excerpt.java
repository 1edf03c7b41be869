package dev.broadside.oct.protocol;

import java.nio.charset.StandardCharsets;

/** The beginning of a message, fit for a log: one line, and not a long one. */
final class Excerpt {
  private static final int MAX_CHARS = 160;

  private Excerpt() {}

  static String of(byte[] message) {
    if (message.length == 0) return "(empty message)";
    int bytes = Math.min(message.length, MAX_CHARS * 4);
    String text = new String(message, 0, bytes, StandardCharsets.UTF_8);
    StringBuilder line = new StringBuilder();
    text.chars().limit(MAX_CHARS).forEach(c -> append(line, (char) c));
    if (text.length() > MAX_CHARS || bytes < message.length) {
      line.append("… (").append(message.length).append(" bytes)");
    }
    return line.toString();
  }

  private static void append(StringBuilder line, char c) {
    if (Character.isISOControl(c)) line.append(String.format("\\u%04x", (int) c));
    else line.append(c);
  }
}
