package dev.broadside.report;

import java.util.ArrayList;
import java.util.List;

/** A text of several lines, broken between its words. */
final class Paragraph {
  private static final int MAX_CHARS = 1000;
  private static final String INDENT = "  ";

  private Paragraph() {}

  /**
   * The text in lines of at most so many characters, all but the first indented; up to a thousand
   * characters of it, and nothing in them that could steer a terminal.
   */
  static List<String> lines(String text, int width) {
    List<String> lines = new ArrayList<>();
    String rest = PlainText.of(text, MAX_CHARS).stripTrailing();
    while (PlainText.length(rest) > width) {
      int end = end(rest, width);
      lines.add(rest.substring(0, end).stripTrailing());
      rest = INDENT + rest.substring(end).stripLeading();
    }
    lines.add(rest);
    return lines;
  }

  /** Where the line ends: at its last blank, or within a word that fills it. */
  private static int end(String text, int width) {
    int most = text.offsetByCodePoints(0, width);
    int blank = text.lastIndexOf(' ', most);
    return blank > INDENT.length() ? blank : most;
  }
}
