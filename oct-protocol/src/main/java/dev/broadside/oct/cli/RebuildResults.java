package dev.broadside.oct.cli;

import dev.broadside.oct.results.FolderRebuild;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code oct rebuild-results RESULTS_DIR [RESULTS_FILE [CONFIG_FILE]]}. */
@Command(
    name = "rebuild-results",
    aliases = "rebuild",
    description = {
      "Makes the report and all other files of a results folder again, from its database:",
      "one of ours, also of a run that was killed, or one of the original oct."
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class RebuildResults implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "RESULTS_DIR", description = "The results folder.")
  private Path folder;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "RESULTS_FILE",
      description = "The database, or its JDBC URL. Default: results.sqlite in the folder.")
  private @Nullable String database;

  @Parameters(
      index = "2",
      arity = "0..1",
      paramLabel = "CONFIG_FILE",
      description = "The configuration. Default: what the database or config.json there says.")
  private @Nullable Path configuration;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    FolderRebuild rebuild = rebuild();
    List<String> troubles = rebuild.make();
    PrintWriter err = spec.commandLine().getErr();
    troubles.forEach(trouble -> err.println(spec.qualifiedName() + ": " + trouble));
    Path report = OwnCommand.shortened(rebuild.report());
    if (Files.exists(report)) spec.commandLine().getOut().println("Report: " + report);
    return troubles.isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private FolderRebuild rebuild() {
    if (!Files.isDirectory(folder)) throw new WrongUseException(folder + " is not a folder");
    try {
      return FolderRebuild.of(folder, database, configuration);
    } catch (IllegalArgumentException e) {
      throw new WrongUseException(String.valueOf(e.getMessage()));
    }
  }
}
