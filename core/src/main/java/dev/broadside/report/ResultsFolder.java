package dev.broadside.report;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder of one run, with the names of the files that any run has. It is called as OCT calls
 * it: {@code results_2026.11.22_05.40.00_123456}, down to the microsecond.
 *
 * @param path where it is
 */
public record ResultsFolder(Path path) {
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("'results_'uuuu.MM.dd_HH.mm.ss_SSSSSS");

  /**
   * Makes the folder of a run, and the one it is in, where that is not there.
   *
   * @param now when the run begins, in local time; the next microsecond, if that one is taken
   * @throws IOException if it cannot be made, saying where and why
   */
  public static ResultsFolder make(Path parent, LocalDateTime now) throws IOException {
    makeParent(parent);
    try {
      return made(parent, now);
    } catch (IOException e) {
      throw cannotKeep(parent, e);
    }
  }

  /**
   * Makes the folder that those of runs are in, where it is not there.
   *
   * @throws IOException if it cannot be made, saying where and why
   */
  public static void makeParent(Path parent) throws IOException {
    try {
      Files.createDirectories(parent);
    } catch (IOException e) {
      throw cannotKeep(parent, e);
    }
  }

  private static IOException cannotKeep(Path parent, IOException e) {
    return new IOException("no results can be kept in " + parent + ": " + words(e), e);
  }

  private static String words(IOException e) {
    if (e instanceof FileAlreadyExistsException) return "it is not a folder";
    if (e instanceof AccessDeniedException) return "that is not permitted";
    if (e instanceof NoSuchFileException) return "no folder can be made there";
    if (e instanceof FileSystemException fault && fault.getReason() != null) {
      return fault.getReason();
    }
    return e.toString();
  }

  private static ResultsFolder made(Path parent, LocalDateTime now) throws IOException {
    LocalDateTime moment = now;
    while (true) {
      try {
        return new ResultsFolder(Files.createDirectory(parent.resolve(nameOf(moment))));
      } catch (FileAlreadyExistsException e) {
        moment = moment.plus(1, ChronoUnit.MICROS);
      }
    }
  }

  /** What the folder of a run that begins then is called. */
  public static String nameOf(LocalDateTime began) {
    return NAME.format(began);
  }

  /** Those files of a run that are not there: what could not be written. */
  public List<Path> missing() {
    return Stream.of(html(), summary(), csv(), jtl(), junit(), config())
        .filter(file -> !Files.isRegularFile(file))
        .toList();
  }

  /** The page for people. */
  public Path html() {
    return path.resolve("results.html");
  }

  /** The run for programs. */
  public Path summary() {
    return path.resolve("summary.json");
  }

  /** Each measurement, in OCT's format. */
  public Path csv() {
    return path.resolve("results.csv");
  }

  /** Each measurement, for JMeter. */
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
