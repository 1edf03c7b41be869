package dev.broadside.users;

import dev.broadside.metrics.RunNote;
import dev.broadside.metrics.ScheduleFigures;
import dev.broadside.metrics.ScheduleRecorder;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The virtual users of one run. {@link #run()} makes the load that a {@link LoadProfile} describes
 * and returns when all users have ended; {@link #stop()}, from any thread, ends the run: users
 * finish their iteration within a grace period, are interrupted then, and abandoned on their daemon
 * threads when they ignore even that.
 */
public final class UserPool {
  private static final Logger LOG = System.getLogger(UserPool.class.getName());

  static final String INTERRUPTED = "interrupted while running virtual users";

  final Builder settings;
  final boolean virtual;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final AtomicInteger active = new AtomicInteger();
  private final AtomicBoolean sinkFailed = new AtomicBoolean();
  private final PoolThreads threads;
  private final AtomicLong stoppedNanos = new AtomicLong(Long.MAX_VALUE);
  private final AtomicBoolean ended = new AtomicBoolean();
  private final List<Runnable> onStop = new CopyOnWriteArrayList<>();
  private final List<RunNote> notes = new CopyOnWriteArrayList<>();
  private final ScheduleRecorder recorder = new ScheduleRecorder();
  private final LoadDriver driver;
  private final RunScope scope;
  private volatile long startNanos;
  private volatile int abandoned;

  private UserPool(Builder settings) {
    this.settings = settings;
    this.scope = settings.scope != null ? settings.scope : new RunScope();
    this.virtual = settings.threads.isVirtual();
    this.startNanos = settings.startNanos;
    this.threads = new PoolThreads(settings.threadStarter);
    this.driver = LoadDriver.of(settings.profile, this);
  }

  /**
   * Users that run what a factory makes.
   *
   * @param factory makes the transaction of each user, on that user's thread
   * @param sink takes every result
   */
  public static Builder builder(
      Function<? super UserContext, ? extends Transaction> factory, ResultSink sink) {
    return new Builder(factory, sink);
  }

  /**
   * Makes the load: users come and go as the profile says. Returns when the profile is over, or
   * after {@link #stop()}, and all users have ended. Called once; the calling thread drives the
   * load and must not be interrupted.
   */
  public void run() {
    if (!GeneratorHealth.concerns(settings.profile)) {
      drive();
      return;
    }
    GeneratorHealth.Usage before = GeneratorHealth.Usage.now();
    long began = settings.clock.getAsLong();
    drive();
    judge(
        Duration.ofNanos(settings.clock.getAsLong() - began),
        GeneratorHealth.Usage.now().since(before));
  }

  private void drive() {
    try {
      driver.drive();
    } finally {
      stop();
      threads.end(settings.grace, settings.abandonAfter).forEach(this::abandon);
      if (settings.scope == null) scope.close();
    }
  }

  /** Says so if the schedule could not be followed. */
  private void judge(Duration length, GeneratorHealth.Usage usage) {
    RunNote unwell = GeneratorHealth.note(schedule(), length, usage);
    if (unwell != null) warn(unwell);
  }

  private void warn(RunNote note) {
    LOG.log(Level.WARNING, note.text());
    note(note);
  }

  /** The system makes threads more slowly than users are to come. */
  void tooSlow(int users, Duration late) {
    warn(
        new RunNote(
            "users did not come as fast as the profile has it: at its end "
                + users
                + " had come, and the next was due "
                + LoadUnits.text(late)
                + " before",
            false));
  }

  /**
   * Makes one more user and its thread. If the system refuses the thread, the run ends.
   *
   * @return false when there is no such user: the run ends
   */
  boolean startUser(int number) {
    UserContext user =
        new UserContext(number, settings.group, settings.settings, settings.runContext);
    VirtualUser runs = new VirtualUser(user, this);
    Thread thread = settings.threads.unstarted(settings.threadName + "-" + number, runs);
    if (settings.classLoader != null) thread.setContextClassLoader(settings.classLoader);
    int others = active.getAndIncrement();
    boolean started = false;
    try {
      started = threads.start(runs, thread);
    } catch (OutOfMemoryError e) {
      refused(others, e);
    }
    if (!started) active.decrementAndGet();
    return started;
  }

  /** Ends the run, since the system has no thread for one user more than these. */
  void refused(int users, OutOfMemoryError cause) {
    Level level = isStopping() ? Level.DEBUG : Level.WARNING; // others may be on their way
    LOG.log(level, "cannot start another thread", cause);
    endRun(new RunNote("the system refused a thread: " + users + " users run", true));
  }

  /** Ends the run. Returns at once; may be called more than once. */
  public void stop() {
    stoppedNanos.compareAndSet(Long.MAX_VALUE, now());
    stopping.countDown();
    onStop.forEach(Runnable::run);
  }

  /** Has this called at the stop, on the thread that stops; perhaps more than once. */
  void onStop(Runnable action) {
    onStop.add(action);
    if (isStopping()) action.run();
  }

  /** Ends the run for a reason that its result is to show; later ones are left out. */
  void endRun(RunNote reason) {
    if (ended.compareAndSet(false, true) && !isStopping()) note(reason);
    stop();
    settings.onEndRun.run();
  }

  /** Adds a sentence for the run's result. */
  void note(RunNote note) {
    notes.add(note);
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // only the thread in run() writes it
  private void abandon(PoolThreads.UserThread lost) {
    abandoned++;
    lost.user().abandon();
    Thread thread = lost.thread();
    LOG.log(
        Level.WARNING,
        "{0} ignored the stop and its interrupt and is abandoned{1}; it is at {2}",
        thread.getName(),
        virtual ? " (if it computes it keeps a processor; platform threads would share it)" : "",
        thread.getStackTrace().length > 0 ? thread.getStackTrace()[0] : "an unknown place");
  }

  /** Waits between two attempts of a user; ends early when the run does. */
  void pause(long millis) {
    try {
      boolean unused = stopping.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      // the user's own doing, or the end of its grace: both mean to go on
    }
  }

  boolean isStopping() {
    return stopping.getCount() == 0;
  }

  /** When it was stopped, as of {@link #now()}; far away while it is not. */
  long stoppedNanos() {
    return stoppedNanos.get();
  }

  /** All is ready: the run begins. Called once, by the driver. */
  void begin() {
    LongSupplier beginning = settings.beginning;
    if (beginning != null) startNanos = beginning.getAsLong();
  }

  /** The time since the beginning of the run. */
  long now() {
    return since(settings.clock.getAsLong());
  }

  /** The time from the beginning of the run to a moment of the clock. */
  long since(long nanos) {
    return nanos - startNanos;
  }

  /** Lets the calling thread wait so long; it may go on before. */
  void park(long nanos) {
    settings.park.accept(nanos);
  }

  /** Where a user that is being made gets its starts from. */
  StartSource starts(int userNumber) {
    return driver.starts(userNumber);
  }

  /** What a user that is being made keeps, and shares with the others. */
  UserScope scope(UserContext user) {
    return scope.user(user, settings.clock);
  }

  /** Takes note, once at the end, of starts that still waited. */
  void unstarted(long count, Duration longestWait) {
    recorder.unstarted(count, longestWait);
    try {
      settings.sink.unstarted(count, longestWait);
    } catch (RuntimeException | Error e) {
      sinkFailed(e);
    }
  }

  /** How many threads of users it still knows. */
  int threadsKept() {
    return threads.kept();
  }

  /** Who takes the results. */
  ResultSink sink() {
    return settings.sink;
  }

  /** Who collects how the run keeps to its schedule. */
  ScheduleRecorder recorder() {
    return recorder;
  }

  void ended() {
    active.decrementAndGet();
  }

  void sinkFailed(Throwable failure) {
    if (isStopping()) return; // an abandoned user comes too late, and is counted as such
    Level level = sinkFailed.compareAndSet(false, true) ? Level.ERROR : Level.DEBUG;
    LOG.log(level, "a result could not be delivered", failure);
  }

  /** How the run keeps to its schedule; figures of nothing where it has none. */
  public ScheduleFigures schedule() {
    return recorder.figures();
  }

  /**
   * What random draws began with: what is drawn, and the seed. Those of a {@link Builder#scope}
   * that was given are told by that scope.
   */
  public Map<String, Long> seeds() {
    if (settings.scope != null) return driver.seeds();
    Map<String, Long> seeds = new LinkedHashMap<>(driver.seeds());
    seeds.putAll(scope.seeds());
    return seeds;
  }

  /** What else is to be said about the run: why it ended before its time, say. */
  public List<RunNote> notes() {
    return List.copyOf(notes);
  }

  /** How many users run now. */
  public int active() {
    return active.get();
  }

  /** How many users ignored the stop and its interrupt, and were abandoned. */
  public int abandoned() {
    return abandoned;
  }

  /** Settings of a {@link UserPool}. */
  public static final class Builder {
    final Function<? super UserContext, ? extends Transaction> factory;
    final ResultSink sink;
    UserBehavior behavior = UserBehavior.CONTINUOUS;
    UserThreads threads = UserThreads.AUTOMATIC;
    String group = "users";
    String label = "transaction";
    String threadName = "user";
    LoadProfile profile = LoadProfile.users(1);
    Duration grace = Duration.ofSeconds(5);
    Duration abandonAfter = Duration.ofSeconds(1);
    Map<String, @Nullable Object> settings = Map.of();
    Map<String, @Nullable Object> runContext = Map.of();
    @Nullable ClassLoader classLoader;
    Runnable onEndRun = () -> {};
    @Nullable RunScope scope;
    LongSupplier clock = System::nanoTime;
    LongConsumer park = LockSupport::parkNanos;
    Consumer<? super Thread> threadStarter = Thread::start;
    long startNanos = System.nanoTime();
    @Nullable LongSupplier beginning;

    private Builder(Function<? super UserContext, ? extends Transaction> factory, ResultSink sink) {
      this.factory = Objects.requireNonNull(factory, "factory");
      this.sink = Objects.requireNonNull(sink, "sink");
    }

    /** How each user goes through its iterations. Default one after the other. */
    public Builder behavior(UserBehavior behavior) {
      this.behavior = Objects.requireNonNull(behavior, "behavior");
      return this;
    }

    /** What the users run on. Default {@link UserThreads#AUTOMATIC}. */
    public Builder threads(UserThreads threads) {
      this.threads = Objects.requireNonNull(threads, "threads");
      return this;
    }

    /** The group that the users belong to. Default "users". */
    public Builder group(String group) {
      this.group = Objects.requireNonNull(group, "group");
      return this;
    }

    /**
     * The label of transactions whose class has no name, as that of a lambda, and of those that
     * cannot be made. Default "transaction".
     */
    public Builder label(String label) {
      this.label = Objects.requireNonNull(label, "label");
      return this;
    }

    /**
     * Called when the load ends the run, not its profile or {@link UserPool#stop()}: a transaction
     * wants it, or the system refuses a thread. Perhaps more than once, on any thread. Default
     * nothing.
     */
    public Builder onEndRun(Runnable action) {
      this.onEndRun = Objects.requireNonNull(action, "action");
      return this;
    }

    /** The beginning of the threads' names; the user's number follows. Default "user". */
    public Builder threadName(String threadName) {
      this.threadName = Objects.requireNonNull(threadName, "threadName");
      return this;
    }

    /** How much load there is, and when. Default one user, until the stop. */
    public Builder profile(LoadProfile profile) {
      if (profile.stages().isEmpty())
        throw new IllegalArgumentException("a profile without stages");
      this.profile = profile;
      return this;
    }

    /** How long a user may take to finish its iteration after the stop. Default 5 s. */
    public Builder grace(Duration grace) {
      this.grace = requireNotNegative("grace", grace);
      return this;
    }

    /** How long after its interrupt a user is abandoned. Default 1 s. */
    public Builder abandonAfter(Duration abandonAfter) {
      this.abandonAfter = requireNotNegative("abandonAfter", abandonAfter);
      return this;
    }

    private static Duration requireNotNegative(String name, Duration value) {
      if (value.isNegative()) throw new IllegalArgumentException(name + " < 0: " + value);
      return value;
    }

    /** Further keys of the configuration, for the users' contexts. Default none. */
    public Builder settings(Map<String, @Nullable Object> settings) {
      this.settings = Objects.requireNonNull(settings, "settings");
      return this;
    }

    /** The run's context, for the users' contexts. Default none. */
    public Builder runContext(Map<String, @Nullable Object> runContext) {
      this.runContext = Objects.requireNonNull(runContext, "runContext");
      return this;
    }

    /**
     * The context class loader of the users' threads. Default that of the thread that runs them.
     */
    public Builder classLoader(ClassLoader classLoader) {
      this.classLoader = Objects.requireNonNull(classLoader, "classLoader");
      return this;
    }

    /**
     * What the users share with those of other pools of the same run; who gives it closes it.
     * Default a scope of their own.
     */
    public Builder scope(RunScope scope) {
      this.scope = Objects.requireNonNull(scope, "scope");
      return this;
    }

    /** The clock, in nanoseconds as of {@link System#nanoTime}. */
    public Builder clock(LongSupplier clock) {
      this.clock = Objects.requireNonNull(clock, "clock");
      return this;
    }

    /** How a thread waits so many nanoseconds of that clock. */
    Builder park(LongConsumer park) {
      this.park = park;
      return this;
    }

    /** How a thread is started. */
    Builder threadStarter(Consumer<? super Thread> threadStarter) {
      this.threadStarter = threadStarter;
      return this;
    }

    /** When the run began, on that clock. Default when this builder was made. */
    public Builder startNanos(long startNanos) {
      this.startNanos = startNanos;
      return this;
    }

    /**
     * Asked for {@link #startNanos} when all is ready, on the thread that drives the load, and may
     * wait. Before, users that are made ahead wait for their first start, and code is tried that
     * has to be fast.
     */
    public Builder beginning(LongSupplier beginning) {
      this.beginning = Objects.requireNonNull(beginning, "beginning");
      return this;
    }

    /** Makes the pool; nothing runs yet. */
    public UserPool build() {
      return new UserPool(this);
    }
  }
}
