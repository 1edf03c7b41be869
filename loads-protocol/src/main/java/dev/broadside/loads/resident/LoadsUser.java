package dev.broadside.loads.resident;

import dev.broadside.loads.LoadsEnvironment;
import dev.broadside.loads.launch.RunnerArguments;
import dev.broadside.loads.launch.RunnerLog;
import dev.broadside.loads.launch.TestFinder;
import dev.broadside.loads.launch.UserRun;
import dev.broadside.loads.launch.WrongArgumentsException;
import dev.broadside.messaging.MessagingContext;
import dev.broadside.users.IntendedStarts;
import dev.broadside.users.OpenProfile;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A user of Loads that is one of many in this JVM. */
final class LoadsUser implements ResidentUser, UserRun.Host {
  private final String process;
  private final List<String> arguments;
  private final Map<String, String> environment;
  private final Path folder;
  private final TestFinder finder;
  private final SharedContexts contexts;
  private final SharedArrivals arrivals;
  private final long loads; // the process that started the launcher
  private final UserRun run;
  private SharedContexts.@Nullable Lease lease; // of the user's thread

  /** The user of a launcher, which is read now. */
  LoadsUser(
      LauncherProcess launcher, TestFinder finder, SharedContexts contexts, SharedArrivals arrivals)
      throws IOException {
    this.process = "process " + launcher.pid();
    this.arguments = launcher.arguments();
    this.environment = launcher.environment();
    this.folder = Path.of("").toAbsolutePath(); // the launcher's, or it would have been refused
    this.finder = finder;
    this.contexts = contexts;
    this.arrivals = arrivals;
    this.loads = launcher.parent();
    this.run =
        UserRun.builder(arguments, environment, folder)
            .process(process)
            .startedAt(Instant.now().minus(launcher.age()))
            .host(this)
            .build();
  }

  @Override
  public int run() {
    try {
      return run.run();
    } finally {
      if (lease != null) lease.close();
    }
  }

  @Override
  public TestFinder finder(RunnerArguments ignored, Path sameFolder) {
    return finder;
  }

  @Override
  public MessagingContext context(LoadsEnvironment environment) {
    SharedContexts.Lease leased = contexts.of(environment.receiver());
    lease = leased;
    return leased.context();
  }

  @Override
  public IntendedStarts arrivals(
      OpenProfile profile, RunnerArguments known, LoadsEnvironment environment) {
    SharedArrivals.Step step = SharedArrivals.Step.of(known.test(), profile, environment, loads);
    return arrivals.of(step, environment.currentUser());
  }

  @Override
  public void stop(String reason) {
    run.stop(reason);
  }

  @Override
  public void lost(String reason) {
    PrintStream err = System.err;
    try {
      RunnerArguments known = RunnerArguments.parse(arguments, environment);
      try (RunnerLog log = RunnerLog.open(known.logFile(folder), err, who())) {
        log.error(known.test() + ": lost, " + reason, null);
      }
    } catch (WrongArgumentsException | IOException | InvalidPathException e) {
      err.println(who() + ": lost, " + reason);
    }
  }

  private String who() {
    String current = environment.getOrDefault("LOADS_CURRENT_USER", "?");
    String total = environment.getOrDefault("LOADS_TOTAL_USERS", "?");
    return "user " + current + "/" + total + " " + process;
  }
}
