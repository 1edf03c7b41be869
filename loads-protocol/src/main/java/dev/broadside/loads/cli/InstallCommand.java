package dev.broadside.loads.cli;

import dev.broadside.loads.install.InstallException;
import dev.broadside.loads.install.Installer;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code loads-runner install DIR}. */
@Command(
    name = "install",
    description = {
      "Writes two scripts for --test-runner into a folder, for this java and this jar:",
      "loads-java runs all users in one JVM, which stays a minute for the next ones (Linux, bash);",
      "loads-java-once runs each in a JVM of its own."
    },
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class InstallCommand implements Callable<Integer> {
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
      Installer.install(folder, classPath, out::println);
      return ExitCode.OK;
    } catch (InstallException e) {
      spec.commandLine().getErr().println("loads-runner install: " + e.getMessage());
      return ExitCode.SOFTWARE;
    }
  }
}
