package dev.broadside.oct.results;

import dev.broadside.metrics.RunResult;
import dev.broadside.report.HtmlReport;
import dev.broadside.report.JUnitXml;
import dev.broadside.report.JsonSummary;
import dev.broadside.report.ReportDetails;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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

  /** Those that show the run as a whole. */
  void writeFigures(RunResult result, ReportDetails details) {
    write(folder.report(), file -> HtmlReport.write(result, details, file));
    write(folder.summary(), file -> JsonSummary.write(result, details, file));
    write(folder.junit(), file -> JUnitXml.write(result, details, file));
  }

  /** Those with a row for each result. */
  void writeRows(DatabaseUri database, RunMetadata run) {}

  /** Writes a file. */
  private interface Writing {
    void write(Path file) throws IOException;
  }

  private void write(Path file, Writing writing) {
    try {
      writing.write(file);
    } catch (IOException | RuntimeException e) {
      failed(file, e);
    }
  }

  private void failed(Path file, Exception cause) {
    troubles.add(file + " cannot be written: " + cause);
    try {
      Files.deleteIfExists(file); // rather none than half of one
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }
}
