package dev.broadside.loads.cli;

import dev.broadside.terminal.Terminal;
import java.lang.reflect.InvocationTargetException;
import java.util.Locale;
import picocli.CommandLine;

/** The commands for people. */
final class SubCommands {
  private SubCommands() {}

  /** Runs the command of this name, a class of this package: {@code run} is {@code RunCommand}. */
  static int execute(String name, String[] args) {
    return commandLine(name).setOut(Terminal.out()).execute(args);
  }

  static CommandLine commandLine(String name) {
    CommandLine command = new CommandLine(command(name));
    return Faults.toldBy(command).setCaseInsensitiveEnumValuesAllowed(true);
  }

  private static Object command(String name) {
    String simple = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1) + "Command";
    try {
      Class<?> type = Class.forName(SubCommands.class.getPackageName() + "." + simple);
      return type.getDeclaredConstructor().newInstance();
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(simple + " cannot be made", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this jar has no command " + name, e);
    }
  }
}
