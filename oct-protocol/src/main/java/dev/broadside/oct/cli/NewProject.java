package dev.broadside.oct.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code oct new-project NAME}. */
@Command(
    name = "new-project",
    description = "Makes a project: config.json, and a transaction that runs as it is.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class NewProject implements Callable<Integer> {
  private static final List<String> FILES = List.of("config.json", "test_scripts/VUser.java");

  @Parameters(paramLabel = "NAME", description = "The folder to make. It must not exist yet.")
  private Path folder;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      throw new WrongUseException(folder + " exists already; it is left as it is");
    }
    for (String file : FILES) copy(file);
    tellWhatIsNext(spec.commandLine().getOut());
    return ExitCode.OK;
  }

  private void copy(String file) throws IOException {
    Path target = folder.resolve(file);
    Files.createDirectories(Objects.requireNonNull(target.getParent()));
    try (InputStream template = NewProject.class.getResourceAsStream("project/" + file)) {
      Files.copy(Objects.requireNonNull(template, file), target);
    }
  }

  private void tellWhatIsNext(PrintWriter out) {
    out.println("Made " + folder.resolve("config.json"));
    out.println("     " + folder.resolve("test_scripts/VUser.java"));
    out.println("Next " + OwnCommand.line("pack-turrets", folder));
    out.println("     " + OwnCommand.line("run", folder));
  }
}
