package dev.broadside.oct.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Parameters;

/** The argument PROJECT of the commands that work on one. */
@SuppressWarnings("NullAway.Init") // picocli sets the field
final class ProjectFolder {
  @Parameters(paramLabel = "PROJECT", description = "The project's folder, where config.json is.")
  private Path folder;

  /** The folder, once it is known that a project is there. */
  Path folder() {
    if (Files.isRegularFile(folder.resolve("config.json"))) return folder;
    String fault = Files.isDirectory(folder) ? " has no config.json" : " is not a folder";
    throw new WrongUseException(folder + fault + "; oct new-project makes a project");
  }
}
