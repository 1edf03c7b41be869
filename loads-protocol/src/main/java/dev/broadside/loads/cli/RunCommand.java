package dev.broadside.loads.cli;

import dev.broadside.loads.collector.CollectedHit;
import dev.broadside.loads.collector.FleetRun;
import dev.broadside.loads.collector.LoadsSummary;
import dev.broadside.loads.collector.RunnerFleet;
import dev.broadside.loads.collector.UserTrouble;
import dev.broadside.messaging.Endpoint;
import dev.broadside.messaging.MessagingException;
import dev.broadside.terminal.Signals;
import dev.broadside.terminal.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code java -jar loads-runner.jar run TEST}: takes the place of the original {@code
 * loads-runner}.
 */
@Command(
    name = "java -jar loads-runner.jar run",
    description = {
      "Starts runners in any language, a process for each user, and sums up what they report.",
      "Ctrl-C ends the run in order, a second one at once. Exit codes: 0 done; 1 errors, failures,"
          + " messages that could not be read, users that died, were late or never reported,"
          + " results that could not be kept, or broken off; 2 wrong usage, or a receiver that cannot"
          + " be opened."
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class RunCommand implements Callable<Integer> {
  private static final int MAX_LINES = 50;

  @Option(
      names = "--test-runner",
      required = true,
      paramLabel = "COMMAND",
      description =
          "The runner's command line. {test} stands for TEST; quotes and backslashes mean what they"
              + " mean to a shell, nothing else does.")
  private String testRunner;

  @Option(
      names = {"-u", "--users"},
      paramLabel = "N[:N...]",
      converter = StepValues.Converter.class,
      description = "How many users each step has. Default: 1.")
  private @Nullable StepValues users;

  @ArgGroup private @Nullable Length length;

  @Option(
      names = "--receiver",
      paramLabel = "ENDPOINT",
      description =
          "Where runners report to: tcp://HOST:PORT or ipc://PATH. There is no authentication."
              + " Default: a private one.")
  private @Nullable String receiver;

  @Option(
      names = "--show-output",
      description = "Shows what runners print, which else is thrown away.")
  private boolean showOutput;

  @Option(
      names = "--results",
      paramLabel = "DIR",
      description =
          "Keeps what came of the run in a folder results_DATE_TIME in DIR, both made if they are"
              + " not there: a report (results.html), summary.json, junit.xml, each hit in"
              + " results.csv and results.jtl, and these options in config.json. Default: nothing is"
              + " kept.")
  private @Nullable Path results;

  @SuppressWarnings("UnusedVariable") // picocli looks for the option, not at the field
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this.")
  private boolean help;

  @Parameters(paramLabel = "TEST", description = "The test's name, handed to the runner.")
  private String test;

  @Spec private CommandSpec spec;

  /** How long users go on. */
  static final class Length {
    @Option(
        names = "--hits",
        paramLabel = "N[:N...]",
        converter = StepValues.Converter.class,
        description = "How many hits each user makes in each step. Default: 1.")
    private @Nullable StepValues hits;

    @Option(
        names = {"-d", "--duration"},
        paramLabel = "SECONDS",
        converter = WholeSeconds.class,
        description =
            "How long each step goes on, instead of counting hits. With 0 each user makes one hit.")
    private @Nullable Duration duration;
  }

  @Override
  public Integer call() throws InterruptedException, IOException {
    if (results == null) return run(hit -> {}, run -> true);
    try (RunFiles files = RunFiles.make(spec.commandLine(), results, test, options())) {
      return run(files::add, files::write);
    }
  }

  /**
   * Runs the fleet.
   *
   * @param keep keeps what came of it, and tells whether it could
   */
  private int run(Consumer<CollectedHit> onHit, Predicate<FleetRun> keep)
      throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    FleetProgressLine line = new FleetProgressLine(out, Terminal.isInteractive());
    try (RunnerFleet fleet = fleet(line, onHit)) {
      Runtime.getRuntime().addShutdownHook(new Thread(fleet::kill, "kill-runners"));
      Signals unused = Signals.onFirst(fleet::stop);
      FleetRun run = fleet.run();
      line.end();
      sumUp(run, out);
      boolean kept = keep.test(run);
      return kept && run.passed() ? ExitCode.OK : ExitCode.SOFTWARE;
    } catch (MessagingException e) { // there is no other socket that it could come from
      return Faults.ofReceiver(spec.commandLine(), e);
    }
  }

  private RunnerFleet fleet(FleetProgressLine line, Consumer<CollectedHit> onHit) {
    try {
      RunnerFleet.Builder settings = RunnerFleet.builder(testRunner, test);
      if (users != null) settings.users(users.toArray());
      if (length != null && length.hits != null) settings.hits(length.hits.toArray());
      if (length != null && length.duration != null) settings.duration(length.duration);
      if (receiver != null) settings.receiver(Endpoint.parse(receiver));
      return settings.showOutput(showOutput).onHit(onHit).onProgress(line::tell).build();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  /** What the run was told, by the names of the options. */
  private Map<String, Object> options() {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("test", test);
    options.put("test-runner", testRunner);
    if (users != null) options.put("users", users.values());
    if (length != null && length.hits != null) options.put("hits", length.hits.values());
    if (length != null && length.duration != null) {
      options.put("duration", length.duration.toSeconds());
    }
    if (receiver != null) options.put("receiver", receiver);
    return options;
  }

  private static void sumUp(FleetRun run, PrintWriter out) {
    if (run.stopped()) out.println("The run was broken off.");
    out.print(LoadsSummary.text(run.result()));
    long malformed = run.result().malformed();
    if (malformed > 0) {
      String messages = malformed == 1 ? "1 message" : malformed + " messages";
      out.println();
      out.println("The run failed: " + messages + " could not be read; stderr says why.");
    }
    list("Users of whom less came than was asked for:", run.troubles(), out);
    list("Users whose runner went on without them:", run.orphans(), out);
    out.flush();
  }

  private static void list(String title, List<UserTrouble> troubles, PrintWriter out) {
    if (troubles.isEmpty()) return;
    out.println();
    out.println(title);
    troubles.stream().limit(MAX_LINES).forEach(trouble -> out.println("  " + trouble));
    if (troubles.size() > MAX_LINES) {
      out.println("  … and " + (troubles.size() - MAX_LINES) + " more");
    }
  }
}
