package dev.broadside.loads.launch;

import dev.broadside.loads.LoadsEnvironment;
import dev.broadside.loads.LoadsEnvironmentException;
import dev.broadside.loads.LoadsRun;
import dev.broadside.loads.LoadsRunner;
import dev.broadside.loads.LoadsUsers;
import dev.broadside.messaging.Account;
import dev.broadside.messaging.MessagingContext;
import dev.broadside.messaging.MessagingException;
import dev.broadside.users.IntendedStarts;
import dev.broadside.users.LoadProfile;
import dev.broadside.users.OpenProfile;
import dev.broadside.users.script.LoadedScript;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One user, from its variables and arguments to its exit code. What goes wrong is told in words in
 * the log and on stderr. Thread-safe.
 */
public final class UserRun {
  /** The exit code of a user whose tests all passed and were reported. */
  public static final int OK = 0;

  /** The exit code of a user with failures, errors or lost messages, or that was stopped. */
  public static final int FAILED = 1;

  /** The exit code after wrong arguments, variables, or a test that is not found. */
  public static final int WRONG_USE = 2;

  private final Builder settings;
  private @Nullable LoadsRunner runner; // this and the next under this object's lock
  private @Nullable String stopReason;

  private UserRun(Builder settings) {
    this.settings = settings;
  }

  /**
   * A user of a process of its own.
   *
   * @param arguments as {@link RunnerArguments} has them
   * @param variables the environment
   * @param folder the working folder
   */
  public static Builder builder(
      List<String> arguments, Map<String, String> variables, Path folder) {
    return new Builder(arguments, variables, folder);
  }

  /**
   * What a JVM offers that runs many users. Users then do not watch the process, and what they log
   * is theirs by their threads.
   */
  public interface Host {
    /** Finds the user's tests. */
    TestFinder finder(RunnerArguments arguments, Path folder);

    /** The context for the user's sockets. */
    MessagingContext context(LoadsEnvironment environment);

    /** The arrivals of an open profile, which the users of a step share. */
    IntendedStarts arrivals(
        OpenProfile profile, RunnerArguments arguments, LoadsEnvironment environment);
  }

  /** Runs the user on this thread and those that it makes; called once. The exit code. */
  public int run() {
    String process = settings.process;
    try (RunnerLog log = openLog(process)) {
      if (settings.host == null) log.becomeOfProcess();
      else log.becomeOfThread();
      return run(log, process);
    }
  }

  private RunnerLog openLog(String process) {
    String file = RunnerArguments.logOf(settings.arguments, settings.variables);
    try {
      return RunnerLog.open(settings.folder.resolve(file), settings.err, process);
    } catch (IOException | InvalidPathException e) {
      settings.err.println("loads-runner: the log " + file + " cannot be opened: " + e);
      return RunnerLog.to(settings.err, process);
    }
  }

  private int run(RunnerLog log, String process) {
    RunnerLog mine = log;
    try {
      RunnerArguments arguments = RunnerArguments.parse(settings.arguments, settings.variables);
      requireHost(arguments);
      LoadsEnvironment environment = environment();
      mine = log.of(userOf(environment) + process);
      if (settings.host == null) mine.becomeOfProcess();
      else mine.becomeOfThread();
      return settings.host == null
          ? runAlone(arguments, environment, mine)
          : runAt(settings.host, arguments, environment, mine);
    } catch (WrongArgumentsException e) {
      return refused(mine, e.getMessage() + "; see --help", null);
    } catch (TestNotFoundException e) {
      return refused(mine, String.valueOf(e.getMessage()), e.getCause());
    } catch (LoadsEnvironmentException | MessagingException e) { // their message says it all
      return refused(mine, String.valueOf(e.getMessage()), null);
    } catch (InvalidPathException e) {
      return refused(mine, "a place of the class path is no path: " + e.getMessage(), null);
    } catch (RuntimeException | Error e) {
      mine.error("the runner failed", e);
      settings.err.println("loads-runner: failed: " + e);
      return FAILED;
    }
  }

  private void requireHost(RunnerArguments arguments) throws WrongArgumentsException {
    if (settings.host != null || !(arguments.profile() instanceof OpenProfile)) return;
    throw new WrongArgumentsException(
        "--rate: a process per user cannot follow an open profile; use the resident runner, the"
            + " script loads-java");
  }

  private static String userOf(LoadsEnvironment environment) {
    return "user " + environment.currentUser() + "/" + environment.totalUsers() + " ";
  }

  private int refused(RunnerLog log, String fault, @Nullable Throwable cause) {
    log.error(fault, cause);
    settings.err.println("loads-runner: " + fault);
    return WRONG_USE;
  }

  private LoadsEnvironment environment() {
    Instant startedAt = settings.startedAt;
    return LoadsEnvironment.from(
        settings.variables, startedAt == null ? OwnStart.instant() : startedAt);
  }

  private int runAlone(RunnerArguments arguments, LoadsEnvironment environment, RunnerLog log)
      throws TestNotFoundException {
    Path folder = settings.folder;
    try (UserClassPath classPath = new UserClassPath(arguments.classPathIn(folder))) {
      return run(new TestFinder(classPath, folder), arguments, environment, log);
    } catch (IOException e) {
      log.warning("a jar of the class path cannot be closed: " + e); // the run is over
      return OK;
    }
  }

  private int runAt(
      Host host, RunnerArguments arguments, LoadsEnvironment environment, RunnerLog log)
      throws TestNotFoundException {
    try (LoadsUsers.Scope scope = LoadsUsers.enter(environment, host.context(environment))) {
      return run(host.finder(arguments, settings.folder), arguments, environment, log);
    }
  }

  private int run(
      TestFinder finder, RunnerArguments arguments, LoadsEnvironment environment, RunnerLog log)
      throws TestNotFoundException {
    String test = arguments.test();
    FoundTest found = finder.find(test);
    LoadsRunner.Builder builder =
        LoadsRunner.builder(environment)
            .timersAs(arguments.timers())
            .classLoader(finder.classLoader())
            .watchProcess(settings.host == null)
            .listener(run -> tell(test, run, log));
    if (arguments.stay() != null) builder.stay(arguments.stay());
    pace(builder, arguments, environment);
    return (found instanceof FoundTest.OfTransaction transaction)
        ? run(builder, transaction)
        : run(builder, (FoundTest.OfSuite) found);
  }

  private void pace(
      LoadsRunner.Builder builder, RunnerArguments arguments, LoadsEnvironment environment) {
    LoadProfile profile = arguments.profile();
    if (profile instanceof OpenProfile open && settings.host != null) {
      builder.sharedStarts(settings.host.arrivals(open, arguments, environment));
    } else if (profile != null) {
      builder.profile(profile);
    }
  }

  private int run(LoadsRunner.Builder builder, FoundTest.OfTransaction transaction) {
    try (LoadedScript script = transaction.script()) {
      return run(builder.transaction(transaction.name(), script.factory()).build());
    }
  }

  private int run(LoadsRunner.Builder builder, FoundTest.OfSuite suite) {
    return run(builder.suite(suite.name(), suite.suite()).build());
  }

  private int run(LoadsRunner made) {
    return started(made).run().isClean() ? OK : FAILED;
  }

  private synchronized LoadsRunner started(LoadsRunner made) {
    runner = made;
    if (stopReason != null) made.stop(stopReason);
    return made;
  }

  private static void tell(String test, LoadsRun run, RunnerLog log) {
    Account account = run.account();
    long lost = account.dropped() + account.unsent();
    String text =
        test
            + ": "
            + counted(run.hits(), "hit")
            + ", "
            + counted(run.failures(), "failure")
            + ", "
            + counted(run.errors(), "error")
            + "; "
            + counted(account.sent(), "message")
            + " sent, "
            + lost
            + " lost"
            + (run.starts().scheduled() == 0 ? "" : "; " + run.starts());
    if (run.stopped() == null) log.info(text);
    else log.warning(text + "; ended before its time: " + run.stopped());
  }

  private static String counted(long count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }

  /** Ends the user in order, also before it has begun. Returns at once; the first reason counts. */
  public synchronized void stop(String reason) {
    if (stopReason == null) stopReason = reason;
    if (runner != null) runner.stop(stopReason);
  }

  /** Settings of a {@link UserRun}. */
  public static final class Builder {
    private final List<String> arguments;
    private final Map<String, String> variables;
    private final Path folder;
    private PrintStream err = System.err;
    private String process = "";
    private @Nullable Instant startedAt;
    private @Nullable Host host;

    private Builder(List<String> arguments, Map<String, String> variables, Path folder) {
      this.arguments = List.copyOf(arguments);
      this.variables = Objects.requireNonNull(variables, "variables");
      this.folder = Objects.requireNonNull(folder, "folder");
    }

    /** Where what goes wrong is told beside the log. Default {@link System#err}. */
    public Builder err(PrintStream err) {
      this.err = Objects.requireNonNull(err, "err");
      return this;
    }

    /** How lines of the log name the user's process. Default this one, by its id. */
    public Builder process(String process) {
      this.process = Objects.requireNonNull(process, "process");
      return this;
    }

    /** When the user's process was started. Default when this one was. */
    public Builder startedAt(Instant startedAt) {
      this.startedAt = Objects.requireNonNull(startedAt, "startedAt");
      return this;
    }

    /** The JVM that runs this user among others. Default none: the user has this JVM alone. */
    public Builder host(Host host) {
      this.host = Objects.requireNonNull(host, "host");
      return this;
    }

    /** Makes the user; nothing runs yet. */
    public UserRun build() {
      if (process.isEmpty()) process = RunnerLog.process();
      return new UserRun(this);
    }
  }
}
