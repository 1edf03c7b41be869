package dev.broadside.users.feed;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads CSV as RFC 4180 has it. A row that is broken costs its first line: reading goes on with the
 * next one, so a quote that is never closed does not swallow the rest of the file.
 */
final class CsvParser {
  private static final char QUOTE = '"';

  /** A field of more lines is taken for one whose quote is not closed. */
  private static final int MAX_LINES = 1000;

  private final String file;
  private final char delimiter;
  private final LineReader lines;
  private final List<Line> further = new ArrayList<>(); // lines of the row after its first
  private Line line = new Line(0, "", 0);
  private long firstLine;
  private int at;

  CsvParser(String file, char delimiter, LineReader lines) {
    this.file = file;
    this.delimiter = delimiter;
    this.lines = lines;
  }

  /** Where the row began that was read last, counted from 1. */
  long line() {
    return firstLine;
  }

  /**
   * The fields of the next row; null at the end.
   *
   * @throws FeedException if it is broken
   */
  @Nullable List<String> next() throws IOException {
    Line first = lines.next();
    while (first != null && first.end() == 0) first = lines.next();
    if (first == null) return null;
    further.clear();
    firstLine = first.number();
    try {
      goTo(first);
      return fields();
    } catch (FeedException e) {
      lines.giveBack(further);
      throw e;
    }
  }

  private void goTo(Line next) {
    line = next;
    at = 0;
    if (line.brokenAt() > 0) throw fault(line.brokenAt() - 1, "expected UTF-8");
  }

  private List<String> fields() throws IOException {
    List<String> fields = new ArrayList<>();
    fields.add(field());
    while (at < line.end()) {
      at++; // the delimiter
      fields.add(field());
    }
    return fields;
  }

  /** A field; then comes a delimiter, or the end of the line. */
  private String field() throws IOException {
    return at < line.end() && line.text().charAt(at) == QUOTE ? quoted() : plain();
  }

  private String plain() {
    int start = at;
    while (at < line.end() && line.text().charAt(at) != delimiter) {
      if (line.text().charAt(at) == QUOTE) {
        throw fault(
            at, "a quote within a field; expected the whole field in quotes, and this one twice");
      }
      at++;
    }
    return line.text().substring(start, at);
  }

  private String quoted() throws IOException {
    FeedException unclosed = fault(at, "expected a closing quote");
    StringBuilder field = new StringBuilder();
    at++;
    while (true) {
      int quote = line.text().indexOf(QUOTE, at);
      if (quote < 0) {
        field.append(line.text(), at, line.text().length()).append('\n');
        goToNext(unclosed);
        continue;
      }
      field.append(line.text(), at, quote);
      at = quote + 1;
      if (at == line.end() || line.text().charAt(at) == delimiter) return field.toString();
      if (line.text().charAt(at) != QUOTE) {
        throw fault(at, "expected " + delimiter + " or the end of the line after a closing quote");
      }
      field.append(QUOTE);
      at++;
    }
  }

  private void goToNext(FeedException unclosed) throws IOException {
    Line next = further.size() < MAX_LINES ? lines.next() : null;
    if (next == null) throw unclosed;
    further.add(next);
    goTo(next);
  }

  private FeedException fault(int index, String what) {
    return FeedException.at(file, line.number(), index + 1, what);
  }
}
