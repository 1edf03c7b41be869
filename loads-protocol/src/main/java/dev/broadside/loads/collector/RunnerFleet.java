package dev.broadside.loads.collector;

import dev.broadside.loads.protocol.LoadsReport;
import dev.broadside.messaging.ClosedException;
import dev.broadside.messaging.Endpoint;
import dev.broadside.messaging.MessagingException;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Starts external runners, in any language, as {@code loads-runner} does, a process for each user
 * of each step, and makes a {@link LoadsResult} of what they report to a receiver of its own:
 *
 * <pre>{@code
 * try (RunnerFleet fleet =
 *     RunnerFleet.builder("node runner.js {test}", "shop.js").users(10, 20).hits(5).build()) {
 *   FleetRun run = fleet.run();
 *   run.troubles().forEach(System.out::println);
 * }
 * }</pre>
 *
 * <p>Thread-safe. A step ends when all its processes have ended. One that outstays the step's limit
 * (the duration and two seconds, or two seconds for each hit, from before the first process is
 * started) gets SIGTERM, and SIGKILL after a grace, with all that it has started; what a runner has
 * left behind is killed with its process group. Where there is no {@code setsid} only descendants
 * are reached. Source: docs/protocols.md 2.1 and 2.6.
 */
public final class RunnerFleet implements AutoCloseable {
  private final List<FleetStep> steps;
  private final List<String> command;
  private final @Nullable Endpoint receiver;
  private final boolean showOutput;
  private final Duration grace;
  private final Duration silence;
  private final int maxNames;
  private final Consumer<? super LoadsReport> onReport;
  private final Consumer<? super CollectedHit> onHit;
  private final Consumer<? super FleetProgress> onProgress;
  private final AtomicBoolean started = new AtomicBoolean();
  private final List<StepSpan> spans = new ArrayList<>();
  private final List<UserTrouble> troubles = new ArrayList<>();
  private final List<UserTrouble> orphans = new ArrayList<>();
  private final PrivateReceiver own = new PrivateReceiver();
  private volatile @Nullable Attendance attendance;
  private @Nullable StepRun current; // guarded by this
  private boolean stopped; // guarded by this

  private RunnerFleet(Builder settings) {
    steps = FleetStep.of(settings.users, settings.hits, settings.duration);
    command = settings.command.words(settings.test);
    receiver = settings.receiver;
    showOutput = settings.showOutput;
    grace = settings.grace;
    silence = settings.silence;
    maxNames = settings.maxNames;
    onReport = settings.onReport;
    onHit = settings.onHit;
    onProgress = settings.onProgress;
  }

  /**
   * One user and one hit, unless told otherwise.
   *
   * @param command the runner's command line: words between blanks, with quotes and backslashes as
   *     in a shell; {@code {test}} stands for the test's name
   * @param test the name of the test, handed to the runner as it is
   * @throws IllegalArgumentException if the command cannot be read, or its program is not there
   */
  public static Builder builder(String command, String test) {
    return new Builder(command, test);
  }

  /**
   * Does the whole run, once, on the thread of the caller: step by step, and after each one takes
   * what still arrives. If the thread is interrupted all processes are killed.
   *
   * @throws MessagingException if the receiver cannot be opened, saying why
   * @throws InterruptedException if the thread is interrupted
   */
  public FleetRun run() throws InterruptedException {
    if (started.getAndSet(true)) throw new IllegalStateException("this fleet has run before");
    if (isStopped()) throw new ClosedException("this fleet");
    try (own;
        LoadsCollector collector = collector()) {
      RunnerLauncher launcher = launcher(collector.endpoint());
      for (FleetStep step : steps) conduct(step, launcher, collector);
      return new FleetRun(collector.result(), spans, troubles, orphans, isStopped());
    }
  }

  private LoadsCollector collector() {
    LoadsCollector.Builder wanted =
        LoadsCollector.builder().maxNames(maxNames).onReport(this::onReport).onHit(onHit);
    return receiver == null ? own.open(wanted) : wanted.open(receiver);
  }

  private void onReport(LoadsReport report) {
    Attendance present = attendance;
    if (present != null) present.note(report);
    onReport.accept(report);
  }

  private RunnerLauncher launcher(Endpoint bound) {
    return new RunnerLauncher(command, Reach.fromThisMachine(bound), showOutput);
  }

  private void conduct(FleetStep step, RunnerLauncher launcher, LoadsCollector collector)
      throws InterruptedException {
    Attendance present = new Attendance(step);
    attendance = present;
    StepRun run = begin(step, launcher, collector);
    if (run == null) return;
    Instant began = Instant.now();
    List<RunnerProcess> users = run.conduct();
    spans.add(new StepSpan(step.users(), began, Instant.now()));
    collector.awaitSilence(silence);
    RollCall call = new RollCall(step, present);
    troubles.addAll(call.troubles(users));
    orphans.addAll(call.orphans(users));
  }

  private synchronized @Nullable StepRun begin(
      FleetStep step, RunnerLauncher launcher, LoadsCollector collector) {
    if (stopped) return null;
    StepRun run = new StepRun(step, launcher, grace, () -> tell(collector));
    current = run;
    return run;
  }

  private void tell(LoadsCollector collector) {
    StepRun run = current();
    if (run != null) onProgress.accept(progress(run, collector));
  }

  private FleetProgress progress(StepRun run, LoadsCollector collector) {
    return new FleetProgress(
        run.step().number(),
        steps.size(),
        run.living(),
        run.step().users(),
        run.elapsed(),
        run.step().length(),
        collector.hits(),
        collector.successes(),
        collector.failures(),
        collector.errors());
  }

  private synchronized @Nullable StepRun current() {
    return current;
  }

  private synchronized boolean isStopped() {
    return stopped;
  }

  /**
   * Breaks the run off, from any thread: its processes get SIGTERM, SIGKILL after the grace, and
   * {@link #run} returns what was reported. Without a run, none can be started any more.
   */
  public synchronized void stop() {
    stopped = true;
    if (current != null) current.stop();
  }

  /**
   * Breaks the run off at once: its processes get SIGKILL, from any thread, for instance that of a
   * shutdown hook.
   */
  public void kill() {
    stop();
    StepRun run = current();
    if (run != null) run.kill(); // one that has ended has nothing left
    own.close(); // this process may have no time left to do so in order
  }

  /** Does what {@link #stop} does. May be called twice. */
  @Override
  public void close() {
    stop();
  }

  /** Settings of a {@link RunnerFleet}. */
  public static final class Builder {
    private final CommandTemplate command;
    private final String test;
    private List<Integer> users = List.of(1);
    private List<Integer> hits = List.of(1);
    private @Nullable Duration duration;
    private @Nullable Endpoint receiver;
    private boolean showOutput;
    private Duration grace = Duration.ofSeconds(2);
    private Duration silence = Duration.ofMillis(500);
    private int maxNames = LoadsCollector.DEFAULT_MAX_NAMES;
    private Consumer<? super LoadsReport> onReport = report -> {};
    private Consumer<? super CollectedHit> onHit = hit -> {};
    private Consumer<? super FleetProgress> onProgress = progress -> {};

    private Builder(String command, String test) {
      this.command = CommandTemplate.parse(Objects.requireNonNull(command, "command"));
      this.test = Objects.requireNonNull(test, "test");
      requireProgram(this.command.words(test).get(0));
    }

    private static void requireProgram(String program) {
      if (program.indexOf(File.separatorChar) < 0) {
        if (ProcessGroups.onPath(program) != null) return;
        throw new IllegalArgumentException(
            "the runner's program \"" + program + "\" is not on the PATH");
      }
      if (ProcessGroups.isProgram(Path.of(program))) return;
      throw new IllegalArgumentException(
          "the runner's program \"" + program + "\" is not a file that can be executed");
    }

    /** How many users each step has. The last one holds for further steps. Default 1. */
    public Builder users(int... users) {
      this.users = eachPositive(users, "users");
      return this;
    }

    /**
     * How many hits each user makes in each step. The last one holds for further steps. Default 1.
     */
    public Builder hits(int... hits) {
      this.hits = eachPositive(hits, "hits");
      return this;
    }

    private static List<Integer> eachPositive(int[] values, String name) {
      if (values.length == 0) throw new IllegalArgumentException(name + " are missing");
      for (int value : values) {
        if (value < 1) throw new IllegalArgumentException(name + " < 1: " + value);
      }
      return IntStream.of(values).boxed().toList();
    }

    /**
     * How long each step goes on, instead of counting hits. Default: hits count.
     *
     * @param duration whole seconds, since that is what runners are told; with 0 each user makes
     *     one hit
     */
    public Builder duration(Duration duration) {
      long seconds = duration.toSeconds();
      if (seconds < 0 || !duration.equals(Duration.ofSeconds(seconds))) {
        throw new IllegalArgumentException("duration not whole seconds, 0 or more: " + duration);
      }
      this.duration = duration;
      return this;
    }

    /** Where runners report to. Default: a Unix socket for this run alone. */
    public Builder receiver(Endpoint receiver) {
      this.receiver = Objects.requireNonNull(receiver, "receiver");
      return this;
    }

    /** Whether what runners print is shown where this process prints. Default: no. */
    public Builder showOutput(boolean show) {
      this.showOutput = show;
      return this;
    }

    /** How long a runner may take to end after SIGTERM. Default 2 s. */
    public Builder grace(Duration grace) {
      if (grace.isNegative()) throw new IllegalArgumentException("grace < 0: " + grace);
      this.grace = grace;
      return this;
    }

    /** How long nothing may arrive after the last process of a step has ended. Default 500 ms. */
    public Builder silence(Duration silence) {
      if (silence.isNegative()) throw new IllegalArgumentException("silence < 0: " + silence);
      this.silence = silence;
      return this;
    }

    /** How many names of each kind the result keeps; further ones add up. Default 1000. */
    public Builder maxNames(int maxNames) {
      if (maxNames < 1) throw new IllegalArgumentException("maxNames < 1: " + maxNames);
      this.maxNames = maxNames;
      return this;
    }

    /**
     * Hears of what arrives, in its order, on the thread that receives: return at once, or the
     * runners are held back. Default: nobody.
     */
    public Builder onReport(Consumer<? super LoadsReport> listener) {
      this.onReport = Objects.requireNonNull(listener, "onReport");
      return this;
    }

    /** Hears of each hit, in the same way. Default: nobody. */
    public Builder onHit(Consumer<? super CollectedHit> listener) {
      this.onHit = Objects.requireNonNull(listener, "onHit");
      return this;
    }

    /**
     * Hears once a second how far the run is, on the thread that called {@code run}. Default:
     * nobody.
     */
    public Builder onProgress(Consumer<? super FleetProgress> listener) {
      this.onProgress = Objects.requireNonNull(listener, "onProgress");
      return this;
    }

    /** A fleet with these settings, of which nothing runs yet. */
    public RunnerFleet build() {
      return new RunnerFleet(this);
    }
  }
}
