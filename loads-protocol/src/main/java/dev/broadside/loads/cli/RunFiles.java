package dev.broadside.loads.cli;

import dev.broadside.loads.collector.CollectedHit;
import dev.broadside.loads.collector.FleetFiles;
import dev.broadside.loads.collector.FleetRun;
import dev.broadside.report.JsonConfiguration;
import dev.broadside.report.ReportDetails;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Keeps what came of a run, and tells where it is and what could not be kept. */
final class RunFiles implements AutoCloseable {
  private final CommandLine command;
  private final FleetFiles files;

  private RunFiles(CommandLine command, FleetFiles files) {
    this.command = command;
    this.files = files;
  }

  /** Makes a folder for a run of this test, which begins now. */
  static RunFiles make(CommandLine command, Path parent, String test, Map<String, ?> options) {
    String configuration = JsonConfiguration.text(options);
    ReportDetails details = new ReportDetails(test, version(), List.of(), configuration);
    try {
      LocalDateTime now = LocalDateTime.now(ZoneId.systemDefault());
      return new RunFiles(command, FleetFiles.make(parent, details, now));
    } catch (IOException e) {
      throw new ParameterException(command, String.valueOf(e.getMessage()), e);
    }
  }

  void add(CollectedHit hit) {
    files.add(hit);
  }

  /**
   * Writes what there is to say at the end.
   *
   * @return whether all of it could be written
   */
  boolean write(FleetRun run) {
    List<String> troubles = files.write(run);
    troubles.forEach(trouble -> Faults.tell(command, trouble));
    command.getOut().println();
    command.getOut().println("Report: " + files.folder().html());
    return troubles.isEmpty();
  }

  private static String version() {
    String version = RunFiles.class.getPackage().getImplementationVersion();
    return version == null ? "Broadside" : "Broadside " + version;
  }

  @Override
  public void close() throws IOException {
    files.close();
  }
}
