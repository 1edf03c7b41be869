package dev.broadside.loads.collector;

import dev.broadside.metrics.RunResult;
import dev.broadside.report.HtmlReport;
import dev.broadside.report.JUnitXml;
import dev.broadside.report.JsonSummary;
import dev.broadside.report.ReportDetails;
import dev.broadside.report.ResultsFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * The files of a run of external runners, in a folder of its own: {@code results.html}, {@code
 * summary.json}, {@code results.csv}, {@code results.jtl}, {@code junit.xml} and {@code
 * config.json}, which is written at once. Each hit is written when it arrives, the rest at the end:
 *
 * <pre>{@code
 * ReportDetails details = ReportDetails.of(test);
 * try (FleetFiles files = FleetFiles.make(Path.of("results"), details, LocalDateTime.now());
 *     RunnerFleet fleet = RunnerFleet.builder(command, test).onHit(files::add).build()) {
 *   files.write(fleet.run()).forEach(System.err::println);
 * }
 * }</pre>
 *
 * <p>In these files a transaction is the URL of a hit. What cannot be written is told, and costs
 * nothing but itself.
 */
public final class FleetFiles implements AutoCloseable {
  private final ResultsFolder folder;
  private final ReportDetails details;
  private final HitRows rows;
  private final List<String> troubles = new ArrayList<>();
  private boolean written;

  private FleetFiles(ResultsFolder folder, ReportDetails details, HitRows rows) {
    this.folder = folder;
    this.details = details;
    this.rows = rows;
  }

  /**
   * Makes a folder for a run in this one, which is made too where it is not there.
   *
   * @param details what is run and how; tables of tests and users are added to them
   * @param now when the run begins, in local time: the folder is called after it
   * @throws IOException if that cannot be, saying where and why
   */
  public static FleetFiles make(Path parent, ReportDetails details, LocalDateTime now)
      throws IOException {
    ResultsFolder folder = ResultsFolder.make(parent, now);
    Files.writeString(folder.config(), details.configuration());
    return new FleetFiles(folder, details, HitRows.open(folder));
  }

  /** Where they are. */
  public ResultsFolder folder() {
    return folder;
  }

  /** Writes a hit, from any thread. Never throws: what fails is told by {@link #write}. */
  public void add(CollectedHit hit) {
    rows.add(hit);
  }

  /**
   * Writes all that there is to say at the end.
   *
   * @return what could not be written, in words
   */
  public List<String> write(FleetRun run) {
    written = true;
    rows.close();
    rows.trouble().ifPresent(troubles::add);
    FleetReport report = new FleetReport(run);
    RunResult result = report.result();
    ReportDetails all = report.details(details);
    write(folder.summary(), file -> JsonSummary.write(result, all, file));
    write(folder.junit(), file -> JUnitXml.write(result, all, file));
    write(folder.html(), file -> HtmlReport.write(result, all, file));
    return List.copyOf(troubles);
  }

  private interface Content {
    void writeTo(Path file) throws IOException;
  }

  private void write(Path file, Content content) {
    try {
      content.writeTo(file);
    } catch (IOException | UncheckedIOException e) {
      troubles.add(file.getFileName() + " could not be written: " + e);
    }
  }

  /** Ends the files; those of a run that never was are removed. May be called twice. */
  @Override
  public void close() throws IOException {
    rows.close();
    if (written || rows.count() > 0) return;
    Files.deleteIfExists(folder.config());
    Files.deleteIfExists(folder.csv());
    Files.deleteIfExists(folder.jtl());
    Files.deleteIfExists(folder.path());
  }
}
