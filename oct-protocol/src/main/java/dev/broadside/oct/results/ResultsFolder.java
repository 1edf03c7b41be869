package dev.broadside.oct.results;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/**
 * The folder of one run, with the names of its files. Source: docs/protocols.md 1.8.
 *
 * @param path where it is
 */
public record ResultsFolder(Path path) {
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("'results_'uuuu.MM.dd_HH.mm.ss_SSSSSS");

  /** Makes the folder of a run that begins now, in this one, which is made too if need be. */
  public static ResultsFolder make(Path parent, Instant now) throws IOException {
    Files.createDirectories(parent);
    Instant moment = now;
    while (true) {
      Path path = parent.resolve(name(moment));
      try {
        return new ResultsFolder(Files.createDirectory(path));
      } catch (FileAlreadyExistsException e) {
        moment = moment.plus(1, ChronoUnit.MICROS); // of another run that began just then
      }
    }
  }

  private static String name(Instant moment) {
    return NAME.format(moment.atZone(ZoneId.systemDefault()));
  }

  /** Whether it was made for this run, by its name. */
  boolean isOf(RunRow run) {
    return path.endsWith(name(run.metadata().started()));
  }

  /** The folder of the project, if it is where a project keeps its results. */
  Path project() {
    Path results = path.getParent();
    if (results == null || !results.endsWith("results")) return path;
    Path project = results.getParent();
    return project == null ? path : project;
  }

  /** The database, unless the project keeps it elsewhere. */
  public Path database() {
    return path.resolve(DatabaseUri.DEFAULT_FILE);
  }

  /** The page for people. */
  public Path report() {
    return path.resolve("results.html");
  }

  /** The run for programs. */
  public Path summary() {
    return path.resolve("summary.json");
  }

  /** Each result, in the original's format. */
  public Path csv() {
    return path.resolve("results.csv");
  }

  /** Each result, for JMeter. */
  public Path jtl() {
    return path.resolve("results.jtl");
  }

  /** The run for build servers. */
  public Path junit() {
    return path.resolve("junit.xml");
  }

  /** What was run. */
  public Path config() {
    return path.resolve("config.json");
  }
}
