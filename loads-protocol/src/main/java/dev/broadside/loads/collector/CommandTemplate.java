package dev.broadside.loads.collector;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The command line that starts a runner: words between blanks, where quotes ({@code '} and {@code
 * "}) and backslashes mean what they mean to a shell; nothing else does. {@code {test}} becomes the
 * test's name after the words are known, so a name with blanks stays in its word. Immutable.
 */
final class CommandTemplate {
  private static final String TEST = "{test}";
  private static final String ESCAPED_IN_QUOTES = "\"\\$`";

  private final List<String> words;

  private CommandTemplate(List<String> words) {
    this.words = List.copyOf(words);
  }

  /**
   * Reads a command line.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  static CommandTemplate parse(String command) {
    List<String> words = new Splitter(command).split();
    if (words.isEmpty()) throw new IllegalArgumentException("the command of the runner is empty");
    return new CommandTemplate(words);
  }

  /** The words of the command for this test. */
  List<String> words(String test) {
    return words.stream().map(word -> word.replace(TEST, test)).toList();
  }

  /** Takes a line apart. */
  private static final class Splitter {
    private final String line;
    private final List<String> words = new ArrayList<>();
    private @Nullable StringBuilder word; // null between words
    private int next;

    Splitter(String line) {
      this.line = line;
    }

    List<String> split() {
      while (next < line.length()) take(line.charAt(next++));
      endWord();
      return words;
    }

    private void take(char c) {
      switch (c) {
        case ' ', '\t', '\n', '\r' -> endWord();
        case '\'' -> takeLiteral(next - 1);
        case '"' -> takeQuoted(next - 1);
        case '\\' -> word().append(escaped(next - 1));
        default -> word().append(c);
      }
    }

    private StringBuilder word() {
      StringBuilder current = word == null ? new StringBuilder() : word;
      word = current;
      return current;
    }

    private void endWord() {
      if (word != null) words.add(word.toString());
      word = null;
    }

    private void takeLiteral(int start) {
      int end = line.indexOf('\'', next);
      if (end < 0) throw faulty("an unclosed '", start);
      word().append(line, next, end);
      next = end + 1;
    }

    private void takeQuoted(int start) {
      StringBuilder current = word();
      while (next < line.length()) {
        char c = line.charAt(next++);
        if (c == '"') return;
        current.append(c == '\\' ? escapedInQuotes() : String.valueOf(c));
      }
      throw faulty("an unclosed \"", start);
    }

    private String escapedInQuotes() {
      boolean escapes = next < line.length() && ESCAPED_IN_QUOTES.indexOf(line.charAt(next)) >= 0;
      return escapes ? String.valueOf(line.charAt(next++)) : "\\";
    }

    private char escaped(int start) {
      if (next == line.length()) throw faulty("a \\ with nothing behind it", start);
      return line.charAt(next++);
    }

    private IllegalArgumentException faulty(String fault, int position) {
      return new IllegalArgumentException(
          "the command of the runner has "
              + fault
              + " at character "
              + (position + 1)
              + ": "
              + line);
    }
  }
}
