package dev.broadside.report;

import dev.broadside.metrics.Measurement;
import java.io.Closeable;
import java.io.Flushable;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes the measurements of a run into a file, a row for each, in the format of OCT's {@code
 * results-to-csv} (docs/protocols.md 1.8): {@code ;} between the fields, CRLF at the end of a line,
 * a column for each custom timer, empty where a measurement does not have it. Times are seconds.
 *
 * <p>In the original a timer of a column's name took the place of that column. Here it is called
 * {@code error (timer)}, so no two columns have one name. What Python's csv module reads, as {@code
 * csv.DictReader(open(file, newline=''), delimiter=';')}, is what was measured, except that a NUL
 * and half a surrogate pair are read as U+FFFD, and of a text 131,072 characters at most, which is
 * that module's limit. Who opens the file in a spreadsheet should have its columns taken for texts:
 * some may begin with {@code =}.
 *
 * <p>Not thread-safe.
 */
public final class CsvResults implements Closeable, Flushable {
  private static final List<String> COLUMNS =
      List.of("elapsed time", "epoch (in seconds)", "turret name", "transaction time", "error");
  private static final String LINE_END = "\r\n";

  private final Writer out;
  private final CsvLine line;
  private final Set<String> timers;

  private CsvResults(Writer out, Collection<String> timers, char delimiter) {
    this.out = out;
    this.line = new CsvLine(delimiter, LINE_END);
    this.timers = new LinkedHashSet<>(timers);
  }

  /**
   * A file with nothing but its header; one that is there is replaced.
   *
   * @param timers the names of all custom timers that the measurements have, in the order of their
   *     columns
   */
  public static CsvResults open(Path file, Collection<String> timers) throws IOException {
    return open(file, timers, ';');
  }

  /** The same with another character between the fields. */
  public static CsvResults open(Path file, Collection<String> timers, char delimiter)
      throws IOException {
    CsvResults results = new CsvResults(Files.newBufferedWriter(file), timers, delimiter);
    try {
      results.header();
      return results;
    } catch (IOException e) {
      results.close();
      throw e;
    }
  }

  private void header() throws IOException {
    COLUMNS.forEach(line::text);
    for (String timer : timers) line.text(column(timer));
    line.writeTo(out);
  }

  private String column(String timer) {
    if (!COLUMNS.contains(timer)) return timer;
    String column = timer;
    do column += " (timer)";
    while (timers.contains(column));
    return column;
  }

  /**
   * Writes a row.
   *
   * @param measurement with no other timers than those that were named at first
   * @param elapsedSeconds when it ended, counted from the beginning of the run
   * @param epochSeconds when it ended, since 1970, as whoever measured it has said
   */
  public void write(Measurement measurement, double elapsedSeconds, double epochSeconds)
      throws IOException {
    requireColumns(measurement.timers());
    line.seconds(elapsedSeconds)
        .seconds(epochSeconds)
        .text(measurement.label())
        .seconds(measurement.serviceNanos())
        .text(measurement.error() == null ? "" : measurement.error());
    timers(measurement.timers());
    line.writeTo(out);
  }

  private void requireColumns(Map<String, Long> measured) {
    if (timers.containsAll(measured.keySet())) return;
    Set<String> others = new LinkedHashSet<>(measured.keySet());
    others.removeAll(timers);
    throw new IllegalArgumentException("timers that were not named at first: " + others);
  }

  private void timers(Map<String, Long> measured) {
    for (String timer : timers) {
      Long nanos = measured.isEmpty() ? null : measured.get(timer);
      if (nanos == null) line.nothing();
      else line.seconds(nanos);
    }
  }

  /** Puts all rows so far into the file. */
  @Override
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
