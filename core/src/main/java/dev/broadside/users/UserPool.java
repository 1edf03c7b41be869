package dev.broadside.users;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The virtual users of one run. {@link #run()} starts them as the ramp-up demands and returns when
 * all have ended; {@link #stop()}, from any thread, ends the run: users finish their iteration
 * within a grace period, are interrupted then, and abandoned on their daemon threads when they
 * ignore even that.
 */
public final class UserPool {
  private static final Logger LOG = System.getLogger(UserPool.class.getName());

  final Builder settings;
  final boolean virtual;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final AtomicInteger active = new AtomicInteger();
  private final AtomicBoolean sinkFailed = new AtomicBoolean();
  private final List<Thread> threads = new ArrayList<>();
  private volatile int abandoned;

  private UserPool(Builder settings) {
    this.settings = settings;
    this.virtual = settings.threads.isVirtual();
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
   * Starts the users, waits for {@link #stop()}, ends the users. Called once; the calling thread
   * does the ramp-up and must not be interrupted.
   *
   * @throws IllegalStateException if the system refuses a thread, saying how many users there are;
   *     they are stopped before it is thrown
   */
  public void run() {
    RampUp rampUp = new RampUp(settings.users, settings.rampUp);
    try {
      for (int i = 0; i < settings.users && !stoppedBefore(rampUp.startNanos(i)); i++) start(i + 1);
      awaitStop();
    } finally {
      stop();
      endUsers();
    }
  }

  /** Waits for the moment, in nanoseconds after the run's beginning; true when stopped before. */
  private boolean stoppedBefore(long nanos) {
    long left = settings.startNanos + nanos - settings.clock.getAsLong();
    if (left <= 0) return isStopping();
    try {
      return stopping.await(left, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private void awaitStop() {
    try {
      stopping.await();
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static IllegalStateException interrupted(InterruptedException cause) {
    return new IllegalStateException("interrupted while running virtual users", cause);
  }

  private void start(int number) {
    UserContext user =
        new UserContext(number, settings.group, settings.settings, settings.runContext);
    Thread thread =
        settings.threads.unstarted(settings.threadName + "-" + number, new VirtualUser(user, this));
    if (settings.classLoader != null) thread.setContextClassLoader(settings.classLoader);
    active.incrementAndGet();
    try {
      thread.start();
    } catch (OutOfMemoryError e) {
      active.decrementAndGet();
      throw new IllegalStateException(
          "the system refused a thread: " + (number - 1) + " of " + settings.users + " users run",
          e);
    }
    threads.add(thread);
  }

  /** Ends the run. Returns at once; may be called more than once. */
  public void stop() {
    stopping.countDown();
  }

  private void endUsers() {
    joinAll(settings.grace);
    List<Thread> late = threads.stream().filter(Thread::isAlive).toList();
    late.forEach(Thread::interrupt);
    joinAll(settings.abandonAfter);
    for (Thread thread : late) if (thread.isAlive()) abandon(thread);
  }

  private void joinAll(Duration atMost) {
    long deadline = System.nanoTime() + atMost.toNanos();
    for (Thread thread : threads) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (!thread.isAlive()) continue;
      if (left <= 0) return;
      try {
        thread.join(left);
      } catch (InterruptedException e) {
        return; // the owner is in a hurry: go on to the next step
      }
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // only the thread in run() writes it
  private void abandon(Thread thread) {
    abandoned++;
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

  void ended() {
    active.decrementAndGet();
  }

  void sinkFailed(Throwable failure) {
    if (isStopping()) return; // an abandoned user comes too late, and is counted as such
    Level level = sinkFailed.compareAndSet(false, true) ? Level.ERROR : Level.DEBUG;
    LOG.log(level, "a result could not be delivered", failure);
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
    String threadName = "user";
    int users = 1;
    Duration rampUp = Duration.ZERO;
    Duration grace = Duration.ofSeconds(5);
    Duration abandonAfter = Duration.ofSeconds(1);
    Map<String, @Nullable Object> settings = Map.of();
    Map<String, @Nullable Object> runContext = Map.of();
    @Nullable ClassLoader classLoader;
    LongSupplier clock = System::nanoTime;
    long startNanos = System.nanoTime();

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

    /** The beginning of the threads' names; the user's number follows. Default "user". */
    public Builder threadName(String threadName) {
      this.threadName = Objects.requireNonNull(threadName, "threadName");
      return this;
    }

    /** How many users there are. Default 1. */
    public Builder users(int users) {
      if (users < 1) throw new IllegalArgumentException("users < 1: " + users);
      this.users = users;
      return this;
    }

    /** Over how long they start. Default zero: all at once. */
    public Builder rampUp(Duration rampUp) {
      this.rampUp = requireNotNegative("rampUp", rampUp);
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

    /** The clock, in nanoseconds as of {@link System#nanoTime}. */
    public Builder clock(LongSupplier clock) {
      this.clock = Objects.requireNonNull(clock, "clock");
      return this;
    }

    /** When the run began, on that clock. Default when this builder was made. */
    public Builder startNanos(long startNanos) {
      this.startNanos = startNanos;
      return this;
    }

    /** Makes the pool; nothing runs yet. */
    public UserPool build() {
      return new UserPool(this);
    }
  }
}
