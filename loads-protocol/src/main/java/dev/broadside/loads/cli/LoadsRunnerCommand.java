package dev.broadside.loads.cli;

import dev.broadside.loads.launch.UserRun;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The {@code loads-runner} command: {@code java -jar loads-runner.jar TEST} is an external runner
 * of Loads. It is started once for every user, so what it does not need is not loaded: the commands
 * for people are found by name.
 */
public final class LoadsRunnerCommand {
  private static final String HELP =
      """
      Usage: java -jar loads-runner.jar [OPTION...] TEST
             java -jar loads-runner.jar run|install [--help]

      Runs TEST as one user of Loads, as in
        loads-runner --test-runner="java -jar loads-runner.jar {test}" TEST
      Loads tells it by its LOADS_* variables where to report, how many hits, how long.

      TEST is a class that implements dev.broadside.users.Transaction, JUnit tests
      (com.acme.MyTest, com.acme.MyTest#method, com.acme.MyTest.method), or a
      transaction in a file (Checkout.java, checkout.jar#com.acme.Checkout).
      A nested class is com.acme.MyTest$Inner, quoted from the shell, or MyTest.Inner.

      --classpath PATH  where the classes are. Default: the variable
                        BROADSIDE_CLASSPATH, else CLASSPATH.
      --log FILE        what happened, since Loads shows nothing of it. Default: the
                        variable BROADSIDE_LOG, else loads-runner.log in the working
                        folder. Many processes may share it.
      --timers KIND     what a transaction's timers become: hits, counters, nothing.
                        Default: hits.
      --stay SECONDS    how long to stay after the last message. Default: as long as
                        the original receiver may need to read everything.
      --pacing TIME     hits of a user begin so often, 100ms, or at random intervals,
                        50ms,150ms; one that overran begins at once, until it has
                        caught up. Default: one after the other.
      --think-time TIME how long a user pauses after each hit, likewise.
      --rate RATE       how often hits of all users together begin, 100/s; only with
                        the script loads-java of install.

      run      starts runners in any language and collects what they report.
      install  writes scripts that start faster: run it, and it explains them.

      Exit codes: 0 done; 1 failures, errors, lost messages, or ended before its time;
      2 wrong arguments or variables, or no such test.
      """;

  private LoadsRunnerCommand() {}

  /** Does what the arguments say, and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(execute(args));
  }

  private static int execute(String[] args) {
    String first = args.length == 0 ? "" : args[0];
    return switch (first) {
      case "", "-h", "--help" -> help(first);
      case "-V", "--version" -> version();
      case "run", "install" -> SubCommands.execute(first, tail(args));
      default -> runUser(Arrays.asList(args));
    };
  }

  private static int runUser(List<String> arguments) {
    return UserRun.builder(arguments, System.getenv(), Path.of("").toAbsolutePath()).build().run();
  }

  private static int help(String asked) {
    if (asked.isEmpty()) System.err.print(HELP);
    else System.out.print(HELP);
    return asked.isEmpty() ? UserRun.WRONG_USE : UserRun.OK;
  }

  private static int version() {
    String version = LoadsRunnerCommand.class.getPackage().getImplementationVersion();
    System.out.println("Broadside " + (version == null ? "(not from a jar)" : version));
    System.out.println("Java " + Runtime.version());
    return UserRun.OK;
  }

  private static String[] tail(String[] args) {
    return Arrays.copyOfRange(args, 1, args.length);
  }
}
