package dev.broadside.oct.results;

import dev.broadside.metrics.Measurement;
import dev.broadside.metrics.RunResult;
import dev.broadside.oct.protocol.TransactionResult;
import dev.broadside.oct.store.DatabaseUri;
import dev.broadside.oct.store.StoreException;
import dev.broadside.oct.store.StoredRun;
import dev.broadside.oct.store.UnreadableRows;
import dev.broadside.report.HtmlReport;
import dev.broadside.report.JUnitXml;
import dev.broadside.report.JsonSummary;
import dev.broadside.report.ReportDetails;
import dev.broadside.report.ResultsFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the files of a results folder. One that cannot be made is told of, and costs the others
 * nothing.
 */
final class ResultFiles {
  private final ResultsFolder folder;
  private final List<String> troubles = new ArrayList<>();

  ResultFiles(ResultsFolder folder) {
    this.folder = folder;
  }

  /** What could not be made, and why. */
  List<String> troubles() {
    return List.copyOf(troubles);
  }

  /** Makes those that show the run as a whole. */
  void writeFigures(RunResult result, ReportDetails details) {
    write(folder.html(), file -> HtmlReport.write(result, details, file));
    write(folder.summary(), file -> JsonSummary.write(result, details, file));
    write(folder.junit(), file -> JUnitXml.write(result, details, file));
  }

  /** Makes the configuration, if it is not there. */
  void writeConfiguration(String configuration) {
    if (Files.exists(folder.config())) return;
    write(folder.config(), file -> Files.writeString(file, configuration));
  }

  private void write(Path path, Writing writing) {
    try {
      writing.write(path);
    } catch (IOException | RuntimeException e) {
      failed(path, e);
    }
  }

  /** Writes a file. */
  private interface Writing {
    void write(Path path) throws IOException;
  }

  /** Makes those with a row for each result, of a run of this database. */
  void writeRows(DatabaseUri database, String runId) {
    try (StoredRun run = StoredRun.open(database, runId)) {
      writeRows(run, run.timerNames());
    } catch (StoreException e) {
      failed(folder.csv(), e);
      failed(folder.jtl(), e);
    }
  }

  /** Makes those with a row for each result. */
  void writeRows(StoredRun run, Collection<String> timers) {
    TurretStarts starts = new TurretStarts(run.starts());
    Rows csv = new Rows(folder.csv(), path -> openCsv(path, timers));
    Rows jtl = new Rows(folder.jtl(), path -> JtlRows.open(path, run.metadata().started()));
    UnreadableRows unused =
        run.forEach(
            (id, result) -> {
              Measurement measurement = starts.measurement(result);
              csv.write(result, measurement);
              jtl.write(result, measurement);
            });
    csv.close();
    jtl.close();
  }

  private RowFile openCsv(Path path, Collection<String> timers) throws IOException {
    CsvRows rows = CsvRows.open(path, timers, ';');
    if (rows.leftOut() > 0)
      troubles.add(path + " has no columns for " + rows.leftOut() + " timers");
    return rows;
  }

  /** Opens a file. */
  private interface Opening {
    RowFile open(Path path) throws IOException;
  }

  /** A file that is written until it fails. */
  private final class Rows {
    private final Path path;
    private @Nullable RowFile file;

    Rows(Path path, Opening opening) {
      this.path = path;
      ResultFiles.this.write(path, it -> file = opening.open(it));
    }

    void write(TransactionResult result, Measurement measurement) {
      RowFile open = file;
      if (open == null) return;
      try {
        open.write(result, measurement);
      } catch (IOException | RuntimeException e) {
        abandon(open, e);
        failed(path, e);
      }
    }

    private void abandon(RowFile open, Exception cause) {
      file = null;
      try {
        open.close();
      } catch (IOException | RuntimeException e) {
        cause.addSuppressed(e);
      }
    }

    void close() {
      RowFile open = file;
      file = null;
      if (open != null) ResultFiles.this.write(path, it -> open.close());
    }
  }

  /** Adds to what could not be done. */
  void trouble(String words) {
    troubles.add(words);
  }

  private void failed(Path path, Exception cause) {
    troubles.add(path + " cannot be written: " + cause);
    try {
      Files.deleteIfExists(path); // rather none than half of one
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }
}
