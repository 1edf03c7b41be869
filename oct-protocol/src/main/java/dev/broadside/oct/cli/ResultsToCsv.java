package dev.broadside.oct.cli;

import dev.broadside.oct.results.CsvRows;
import dev.broadside.oct.store.DatabaseUri;
import dev.broadside.oct.store.StoredRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code oct results-to-csv RESULT_FILE OUTPUT_FILE}. */
@Command(
    name = "results-to-csv",
    aliases = "to-csv",
    description = "Writes the results in a database, ours or the original's, into a CSV file.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ResultsToCsv implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "RESULT_FILE",
      description = "The database, or its JDBC URL; of several runs the latest is written.")
  private String database;

  @Parameters(
      index = "1",
      paramLabel = "OUTPUT_FILE",
      description = "The CSV file; one that is there is replaced.")
  private Path output;

  @Option(
      names = {"-d", "--delimiter"},
      paramLabel = "CHARACTER",
      defaultValue = ";",
      description = "What stands between the fields. Default: ${DEFAULT-VALUE}")
  private char delimiter;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    try (StoredRun run = StoredRun.open(database())) {
      int leftOut = CsvRows.write(run, output, delimiter);
      spec.commandLine().getOut().println("Wrote " + output);
      if (leftOut > 0) tellLeftOut(leftOut);
      return leftOut > 0 ? ExitCode.SOFTWARE : ExitCode.OK;
    }
  }

  private DatabaseUri database() throws IOException {
    try {
      DatabaseUri uri = DatabaseUri.parse(database, Path.of(""), Path.of(""));
      Path file = uri.file();
      if (file != null && !Files.isRegularFile(file)) {
        throw new WrongUseException(database + " is not a file");
      }
      if (file != null && Files.exists(output) && Files.isSameFile(file, output)) {
        throw new WrongUseException(output + " is the database itself");
      }
      return uri;
    } catch (IllegalArgumentException e) {
      throw new WrongUseException(String.valueOf(e.getMessage()));
    }
  }

  private void tellLeftOut(int timers) {
    String words = output + " has no columns for " + timers + " timers";
    spec.commandLine().getErr().println(spec.qualifiedName() + ": " + words);
  }
}
