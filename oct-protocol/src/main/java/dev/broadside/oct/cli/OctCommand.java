package dev.broadside.oct.cli;

import dev.broadside.terminal.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ScopeType;

/**
 * The {@code oct} command: the names and options of the original {@code oct} and {@code
 * oct-turrets-start}. Exit codes: 0 done, 1 the run failed, 2 wrong usage or configuration.
 */
@Command(
    name = "oct",
    description = "Load tests over ZeroMQ: a headquarters, and turrets that fire under it.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = OctCommand.Version.class,
    subcommands = {
      NewProject.class,
      PackTurrets.class,
      RunProject.class,
      RebuildResults.class,
      ResultsToCsv.class,
      TurretCommand.class
    })
public final class OctCommand {
  private OctCommand() {}

  /** Does what the arguments say, and ends the process with its exit code. */
  public static void main(String[] args) {
    LogSettings.oneLineEach();
    System.exit(commandLine().setOut(Terminal.out()).execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new OctCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(Faults::ofUsage)
        .setExecutionExceptionHandler(Faults::ofExecution);
  }

  /** What {@code --version} says, from the jar's manifest. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = OctCommand.class.getPackage().getImplementationVersion();
      return new String[] {
        "Broadside " + (version == null ? "(not from a jar)" : version), "Java " + Runtime.version()
      };
    }
  }
}
