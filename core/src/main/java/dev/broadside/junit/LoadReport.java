package dev.broadside.junit;

import dev.broadside.metrics.RunResult;
import dev.broadside.report.HtmlReport;
import dev.broadside.report.ReportDetails;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Tells what came of a load test: a file, the entry of a report, and a printed line. */
final class LoadReport {
  private static final String FOLDER = "target/broadside";

  private LoadReport() {}

  /**
   * Tells all of it.
   *
   * @return where the file is, in words
   */
  static String tell(ExtensionContext test, RunResult result, String fileName) {
    boolean interrupted = Thread.interrupted(); // files close at an interrupt
    try {
      String place = write(test, result, fileName);
      Map<String, String> entries = new LinkedHashMap<>(LoadFigures.entries(result.all()));
      entries.put("report", place);
      test.publishReportEntry(entries);
      String line = LoadFigures.line(result.all());
      System.out.println(ReportNames.name(test) + ": " + line + "; " + place);
      return place;
    } finally {
      if (interrupted) Thread.currentThread().interrupt();
    }
  }

  private static String write(ExtensionContext test, RunResult result, String fileName) {
    Path folder = Path.of(test.getConfigurationParameter(LoadTest.REPORTS).orElse(FOLDER));
    Path file = folder.resolve(fileName + ".html");
    try {
      Files.createDirectories(folder);
      HtmlReport.write(result, ReportDetails.of(ReportNames.name(test)), file);
    } catch (IOException e) {
      return "none, since " + file + " could not be written: " + e;
    }
    PublishedFile.publish(test, file);
    return file.toString();
  }
}
