package dev.broadside.loads.cli;

import dev.broadside.messaging.MessagingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells on stderr what went wrong, in a line, and which exit code that means. */
final class Faults {
  private Faults() {}

  /** A command line that tells its faults so. */
  static CommandLine toldBy(CommandLine command) {
    return command
        .setParameterExceptionHandler(Faults::ofUsage)
        .setExecutionExceptionHandler(Faults::ofExecution);
  }

  /** The arguments are not those that a command takes. */
  private static int ofUsage(ParameterException fault, String[] args) {
    CommandLine command = fault.getCommandLine();
    String help = command.getCommandSpec().qualifiedName() + " --help";
    tell(command, words(fault) + " (see " + help + ")");
    return ExitCode.USAGE;
  }

  private static String words(ParameterException fault) {
    if (fault instanceof UnmatchedArgumentException unmatched) {
      return (unmatched.isUnknownOption() ? "unknown option: " : "unknown argument: ")
          + String.join(" ", unmatched.getUnmatched());
    }
    String message = message(fault).lines().findFirst().orElse("");
    return message.startsWith("Error: ") ? message.substring("Error: ".length()) : message;
  }

  /** A command could not do what it should. */
  private static int ofExecution(Exception fault, CommandLine command, ParseResult args) {
    if (fault instanceof MessagingException || fault instanceof UncheckedIOException) {
      tell(command, message(fault));
    } else if (fault instanceof IOException) {
      tell(command, fault.toString()); // its message alone is often but a file's name
    } else {
      fault.printStackTrace(command.getErr()); // a defect of ours
    }
    return ExitCode.SOFTWARE;
  }

  /** What the command was told to listen at cannot be had. */
  static int ofReceiver(CommandLine command, MessagingException fault) {
    tell(command, message(fault));
    return ExitCode.USAGE;
  }

  private static String message(Exception fault) {
    return fault.getMessage() == null ? fault.toString() : fault.getMessage();
  }

  /** Tells something on stderr, in a line that names the command. */
  static void tell(CommandLine command, String fault) {
    command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + fault);
  }
}
