package dev.broadside.oct.cli;

import dev.broadside.messaging.MessagingException;
import dev.broadside.oct.ConfigException;
import dev.broadside.oct.hq.MissingTurretsException;
import dev.broadside.oct.packaging.ArchiveException;
import dev.broadside.oct.store.StoreException;
import dev.broadside.users.script.ScriptException;
import java.io.IOException;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells on stderr what went wrong, a line for each fault, and which exit code that means. */
final class Faults {
  private Faults() {}

  /** The arguments are not those that a command takes. */
  static int ofUsage(ParameterException fault, String[] args) {
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
  static int ofExecution(Exception fault, CommandLine command, ParseResult args) {
    if (fault instanceof ConfigException config) {
      config.faults().forEach(each -> tell(command, config.file() + ": " + each));
    } else if (isTold(fault)) {
      tell(command, message(fault));
    } else if (fault instanceof IOException) {
      tell(command, fault.toString()); // its message alone is often but a file's name
    } else {
      fault.printStackTrace(command.getErr()); // a defect of ours
    }
    return isOfUser(fault) ? ExitCode.USAGE : ExitCode.SOFTWARE;
  }

  private static boolean isTold(Exception fault) {
    return isOfUser(fault)
        || fault instanceof MissingTurretsException
        || fault instanceof MessagingException
        || fault instanceof StoreException
        || fault instanceof UncheckedIOException;
  }

  private static boolean isOfUser(Exception fault) {
    return fault instanceof WrongUseException
        || fault instanceof ConfigException
        || fault instanceof ScriptException
        || fault instanceof ArchiveException;
  }

  private static String message(Exception fault) {
    return fault.getMessage() == null ? fault.toString() : fault.getMessage();
  }

  private static void tell(CommandLine command, String fault) {
    command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + fault);
  }
}
