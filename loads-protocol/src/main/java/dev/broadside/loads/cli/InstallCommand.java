package dev.broadside.loads.cli;

import dev.broadside.loads.install.InstallException;
import dev.broadside.loads.install.Installer;
import java.io.File;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code java -jar loads-runner.jar install DIR}. */
@Command(
    name = "java -jar loads-runner.jar install",
    description = {
      "Writes two scripts for --test-runner into a folder, for this java and this jar:",
      "loads-java runs all users in one JVM, which stays a minute for the next ones (Linux, bash);",
      "loads-java-once runs each in a JVM of its own."
    },
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class InstallCommand implements Callable<Integer> {
  private static final Pattern PLACES = Pattern.compile(Pattern.quote(File.pathSeparator));

  @Parameters(paramLabel = "DIR", description = "Where the scripts go; made if it is not there.")
  private Path folder;

  @Option(
      names = {"--classpath", "-cp"},
      paramLabel = "PATH",
      defaultValue = "",
      description = {
        "Where the scripts find tests, unless --classpath tells a user another.",
        "Default: BROADSIDE_CLASSPATH, else CLASSPATH, of each user."
      })
  private String classPath;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try {
      tellMissing();
      Installer.install(folder, classPath, out::println);
      return ExitCode.OK;
    } catch (InstallException e) {
      tell(String.valueOf(e.getMessage()));
      return ExitCode.SOFTWARE;
    }
  }

  /** They may come later, but more often the name is wrong. */
  private void tellMissing() {
    for (String place : PLACES.splitAsStream(classPath).toList()) {
      boolean folderOfJars = place.endsWith("*");
      Path path = Path.of(folderOfJars ? place.substring(0, place.length() - 1) : place);
      if (!place.isEmpty() && Files.notExists(path.toAbsolutePath()))
        tell("warning: --classpath names what is not there: " + place);
    }
  }

  private void tell(String words) {
    CommandLine command = spec.commandLine();
    command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + words);
  }
}
