package dev.broadside.oct.cli;

import dev.broadside.messaging.Endpoint;
import dev.broadside.metrics.RunResult;
import dev.broadside.oct.hq.Headquarters;
import dev.broadside.oct.hq.HqConfig;
import dev.broadside.oct.live.LivePage;
import dev.broadside.oct.packaging.TurretArchive;
import dev.broadside.oct.store.StoreException;
import dev.broadside.report.ConsoleReport;
import dev.broadside.report.ResultsFolder;
import dev.broadside.terminal.Signals;
import dev.broadside.terminal.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code oct run PROJECT}. */
@Command(
    name = "run",
    description = {
      "Runs a project: waits for its turrets, starts them, stops them after run_time, sums up,",
      "and makes a folder of results in PROJECT/results.",
      "Ctrl-C ends the run in order, a second one at once."
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class RunProject implements Callable<Integer> {
  @Mixin private ProjectFolder project;

  @Option(
      names = "--bind",
      paramLabel = "ADDRESS",
      description =
          "The address to listen on, 0.0.0.0 for all. There is no authentication: whoever reaches it"
              + " can send results. Default: bind_address of config.json, else 127.0.0.1.")
  private @Nullable String bind;

  @Mixin private DeviceOptions devices;

  @Mixin private LivePageOption web;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Path folder = project.folder();
    HqConfig config = HqConfig.read(folder);
    PrintWriter out = spec.commandLine().getOut();
    ProgressLine line = new ProgressLine(out, Terminal.isInteractive());
    CountDownLatch ended = new CountDownLatch(1);
    try (Headquarters hq = headquarters(config, line);
        LivePage page = web.open(hq, title(config))) {
      Signals signals = Signals.onFirst(() -> end(hq, ended));
      start(hq);
      if (page != null) out.println("Live page: " + page.url() + " (" + page.reach() + ")");
      introduce(hq, config, out);
      RunResult result = hq.run();
      line.end();
      int exitCode = sumUp(result, signals.arrived(), out);
      TurretTrouble.of(hq.turrets()).forEach(out::println);
      boolean kept = hq.resultsFolder().map(results -> tellReport(results, out)).orElse(true);
      return kept ? exitCode : ExitCode.SOFTWARE;
    } finally {
      ended.countDown();
    }
  }

  private Headquarters headquarters(HqConfig config, ProgressLine line) throws IOException {
    try {
      Headquarters.Builder settings =
          Headquarters.builder(config).resultsFolder(resultsFolder(config));
      if (config.progressBar()) settings.onProgress(line::tell);
      if (bind != null) settings.bindAddress(bind);
      devices.apply(settings, config);
      return settings.build();
    } catch (IllegalArgumentException e) {
      throw new WrongUseException(String.valueOf(e.getMessage()));
    }
  }

  /** No turret has come yet: a database that takes no results is a fault of the configuration. */
  private static void start(Headquarters hq) {
    try {
      hq.start();
    } catch (StoreException e) {
      throw new WrongUseException(String.valueOf(e.getMessage()));
    }
  }

  private static Path resultsFolder(HqConfig config) throws IOException {
    return config.testing()
        ? Files.createTempDirectory("broadside-results-")
        : config.projectFolder().resolve("results");
  }

  /**
   * The signal may come just before the run, which then would not hear of it: so it is told again.
   */
  private static void end(Headquarters hq, CountDownLatch ended) {
    try {
      do hq.endRun();
      while (!ended.await(100, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void introduce(Headquarters hq, HqConfig config, PrintWriter out) {
    out.println("Headquarters: " + hq.reach());
    out.println("Start a turret by");
    if (!archives(config).allMatch(Files::exists)) {
      out.println("  " + OwnCommand.line("pack-turrets", config.file().resolveSibling("")));
    }
    archives(config)
        .forEach(tar -> out.println("  " + OwnCommand.line("turret", "start", "--tar", tar)));
    if (!isLoopback(bind == null ? config.bindAddress() : bind) && isLoopback(config.hqAddress())) {
      out.println(
          "On other machines with --hq-address ADDRESS; hq_address is " + config.hqAddress());
    }
    out.flush();
  }

  private static String title(HqConfig config) {
    return String.valueOf(config.projectFolder().normalize().getFileName());
  }

  private static boolean isLoopback(String address) {
    return !address.isBlank() && Endpoint.tcp(address, 0).isLoopback();
  }

  private static Stream<Path> archives(HqConfig config) {
    return config.turrets().stream()
        .map(turret -> TurretArchive.fileOf(config.file().resolveSibling(""), turret.name()));
  }

  private static int sumUp(RunResult result, boolean brokenOff, PrintWriter out) {
    boolean empty = result.all().count() == 0;
    if (brokenOff) out.println("The run was broken off.");
    out.print(empty ? "No result has arrived.\n" : ConsoleReport.text(result));
    out.flush();
    return brokenOff || empty || !result.passed() ? ExitCode.SOFTWARE : ExitCode.OK;
  }

  /** Whether all files of the run could be written; the log says why one could not. */
  private static boolean tellReport(Path results, PrintWriter out) {
    ResultsFolder folder = new ResultsFolder(results);
    List<Path> missing = folder.missing();
    missing.forEach(file -> out.println("Not written: " + OwnCommand.shortened(file)));
    if (!missing.contains(folder.html())) {
      out.println("Report: " + OwnCommand.shortened(folder.html()));
    }
    return missing.isEmpty();
  }
}
