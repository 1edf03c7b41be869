package dev.broadside.oct.results;

import dev.broadside.metrics.Measurement;
import dev.broadside.oct.protocol.TransactionResult;
import dev.broadside.oct.store.StoredRun;
import dev.broadside.oct.store.UnreadableRows;
import dev.broadside.report.CsvResults;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The results of a run in the original's format. A row has a column for each timer of the run, so
 * there are at most 5000 of them: were each result to bring a name of its own, the file would grow
 * with the square of their number.
 */
public final class CsvRows implements RowFile {
  private static final int MAX_TIMERS = 5000;

  private final CsvResults csv;
  private final Set<String> columns;
  private final int leftOut;

  private CsvRows(CsvResults csv, Set<String> columns, int leftOut) {
    this.csv = csv;
    this.columns = columns;
    this.leftOut = leftOut;
  }

  static CsvRows open(Path file, Collection<String> timers, char delimiter) throws IOException {
    Set<String> columns = new LinkedHashSet<>(timers.stream().limit(MAX_TIMERS).toList());
    return new CsvRows(
        CsvResults.open(file, columns, delimiter), columns, timers.size() - columns.size());
  }

  /**
   * Writes the results of a run into a file.
   *
   * @return how many timers have no column
   */
  public static int write(StoredRun run, Path file, char delimiter) throws IOException {
    TurretStarts starts = new TurretStarts(run.starts());
    try (CsvRows rows = open(file, run.timerNames(), delimiter)) {
      UnreadableRows unused =
          run.forEach((id, result) -> rows.write(result, starts.measurement(result)));
      return rows.leftOut;
    }
  }

  /** How many timers have no column. */
  int leftOut() {
    return leftOut;
  }

  @Override
  public void write(TransactionResult result, Measurement measurement) throws IOException {
    csv.write(
        leftOut == 0 ? measurement : withColumns(measurement),
        result.elapsedNanos() / 1e9,
        result.epochMicros() / 1e6);
  }

  private Measurement withColumns(Measurement measurement) {
    Map<String, Long> timers = new HashMap<>(measurement.timers());
    timers.keySet().retainAll(columns);
    return new Measurement(
        measurement.label(),
        measurement.group(),
        measurement.startNanos(),
        measurement.serviceNanos(),
        measurement.error(),
        timers);
  }

  @Override
  public void close() throws IOException {
    csv.close();
  }
}
