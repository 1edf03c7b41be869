package dev.broadside.report;

import java.io.IOException;
import java.io.Writer;

/**
 * The lines of a CSV file, one after the other, as Python's csv module writes them: what holds the
 * delimiter, a quote or a line break stands in quotes, and quotes in it are doubled. Two things are
 * changed so that Python can read what was written, with its defaults and in all of its versions: a
 * NUL and half a surrogate pair become U+FFFD, and a text is cut off at 131,072 characters.
 *
 * <p>Texts that a spreadsheet would take for formulas ({@code =1+1}) are left alone: whatever is
 * put before them would be part of them for every other reader.
 */
final class CsvLine {
  private static final int MAX_CHARS = 131_072; // csv.field_size_limit()
  private static final int NANOS = 1_000_000_000;
  private static final int MICROS = 1_000_000;
  private static final double MAX_SECONDS = 1e10; // beyond, a double knows no microseconds

  private final char delimiter;
  private final String end;
  private final StringBuilder line = new StringBuilder();

  CsvLine(char delimiter, String end) {
    this.delimiter = delimiter;
    this.end = end;
  }

  CsvLine text(String text) {
    String clean = CleanText.of(shortened(text), c -> c != 0 && CleanText.isCharacter(c));
    if (needsQuotes(clean)) line.append('"').append(clean.replace("\"", "\"\"")).append('"');
    else line.append(clean);
    return next();
  }

  private static String shortened(String text) {
    return text.length() <= MAX_CHARS ? text : text.substring(0, MAX_CHARS - 1) + "…";
  }

  private boolean needsQuotes(String text) {
    return text.indexOf(delimiter) >= 0
        || text.indexOf('"') >= 0
        || text.indexOf('\n') >= 0
        || text.indexOf('\r') >= 0;
  }

  CsvLine number(long number) {
    line.append(number);
    return next();
  }

  CsvLine nothing() {
    return next();
  }

  /** Nanoseconds, as decimal seconds. */
  CsvLine seconds(long nanos) {
    decimal(nanos, NANOS);
    return next();
  }

  /** To the microsecond, which is what a double has of the seconds since 1970. */
  CsvLine seconds(double seconds) {
    if (Math.abs(seconds) < MAX_SECONDS) decimal(Math.round(seconds * MICROS), MICROS);
    else line.append(seconds); // absurd, or none, but not ours to change
    return next();
  }

  private void decimal(long value, long unit) {
    if (value < 0) line.append('-');
    line.append(Math.abs(value / unit));
    long fraction = Math.abs(value % unit);
    if (fraction > 0) line.append('.');
    for (long digit = unit / 10; fraction > 0; digit /= 10) {
      line.append((char) ('0' + fraction / digit));
      fraction %= digit;
    }
  }

  private CsvLine next() {
    line.append(delimiter);
    return this;
  }

  /** Writes the line, of which there is at least one field, and begins the next one. */
  void writeTo(Writer out) throws IOException {
    line.setLength(line.length() - 1);
    out.append(line).append(end);
    line.setLength(0);
  }
}
