package dev.broadside.loads.collector;

import dev.broadside.metrics.Measurement;
import dev.broadside.report.CsvResults;
import dev.broadside.report.JtlResults;
import dev.broadside.report.ResultsFolder;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The files with a row for each hit, written while hits arrive: one that comes a second after rows
 * were last put into the files takes all so far with it. What fails costs the rest of their rows,
 * and never the run. Thread-safe.
 */
final class HitRows {
  private static final long FLUSH_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final CsvResults csv;
  private final JtlResults jtl;
  private long count;
  private long missing;
  private long flushedNanos; // in the time of the run
  private @Nullable IOException fault;

  private HitRows(CsvResults csv, JtlResults jtl) {
    this.csv = csv;
    this.jtl = jtl;
  }

  static HitRows open(ResultsFolder folder) throws IOException {
    CsvResults csv = CsvResults.open(folder.csv(), List.of());
    try {
      return new HitRows(csv, JtlResults.open(folder.jtl()));
    } catch (IOException e) {
      csv.close();
      throw e;
    }
  }

  synchronized void add(CollectedHit hit) {
    count++;
    try {
      if (fault == null) write(hit);
      else missing++;
    } catch (IOException e) {
      fault = e;
      missing++;
    }
  }

  private void write(CollectedHit hit) throws IOException {
    Measurement measurement = hit.measurement();
    long startMillis = millis(hit, measurement.startNanos());
    double epoch = millis(hit, measurement.endNanos()) / 1e3;
    csv.write(measurement, measurement.endNanos() / 1e9, epoch);
    jtl.write(measurement, startMillis, Integer.toString(hit.status()), measurement.label());
    if (measurement.endNanos() - flushedNanos >= FLUSH_NANOS) flush(measurement.endNanos());
  }

  private void flush(long nanosInRun) throws IOException {
    csv.flush();
    jtl.flush();
    flushedNanos = nanosInRun;
  }

  /** Since 1970. */
  private static long millis(CollectedHit hit, long nanosInRun) {
    return hit.started().plusNanos(nanosInRun).toEpochMilli();
  }

  /** How many hits there were. */
  synchronized long count() {
    return count;
  }

  /** Ends the files. May be called twice. */
  synchronized void close() {
    try (jtl) {
      csv.close();
    } catch (IOException e) {
      if (fault == null) fault = e;
    }
  }

  /** What became of rows that are not there, in words. */
  synchronized Optional<String> trouble() {
    return Optional.ofNullable(fault)
        .map(e -> "results.csv and results.jtl lack " + missing + " hits or more: " + e);
  }
}
