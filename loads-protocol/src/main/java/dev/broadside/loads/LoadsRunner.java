package dev.broadside.loads;

import dev.broadside.messaging.Account;
import dev.broadside.messaging.ClosedException;
import dev.broadside.messaging.MessagingContext;
import dev.broadside.users.IntendedStarts;
import dev.broadside.users.LoadProfile;
import dev.broadside.users.OpenProfile;
import dev.broadside.users.Transaction;
import dev.broadside.users.UserContext;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One user of Loads: performs its tests as often, or for as long, as Loads asked for, and reports
 * them. In each hit every test is performed once, in the order in which they were given: its start,
 * what it reports itself, success, failure ({@link AssertionError}) or error (all else that can be
 * thrown), its end.
 *
 * <p>In duration mode hits begin until so many seconds have gone by since {@link #run} was called;
 * the first one begins in any case, also when that is 0, so that no user is missing.
 *
 * <p>A test that throws {@link dev.broadside.users.EndRunException} is reported as an error, and
 * the user's last one.
 *
 * <p>A run ends before its time when it is stopped: by {@link #stop}, by the end of the process
 * (SIGTERM), by the loss of the process that started it, or shortly before the limit that Loads
 * sets ({@link LoadsEnvironment#timeLimit}), since what arrives after it is lost. Then no hit
 * begins any more; the test under way has a {@link Builder#grace}, none at the limit, and is
 * interrupted. What ends it is reported as an error that says why it was interrupted. A test that
 * ignores even that is abandoned on its daemon thread: an error that says where it is, and its end,
 * are reported in its place. So each test that was started has an outcome and an end.
 *
 * <p>Source: Loads, "Pluging-in external runners"; docs/protocols.md 2.1 to 2.3.
 */
public final class LoadsRunner {
  private static final Duration ABANDON_AFTER = Duration.ofMillis(300);
  private static final Duration FLUSH_WHEN_STOPPED = Duration.ofMillis(500);
  private static final Duration LEAST_FLUSH = Duration.ofMillis(100);

  private static final String OUT_OF_TIME = "the time that Loads gives this step is running out";

  private static final String INTERRUPTED = "the thread that runs it was interrupted";

  /** So many messages are sent by closing. */
  private static final int FEW = 1000;

  /** So much longer may closing take with a receiver than without one. */
  private static final int PATIENCE = 5;

  private static final long MILLI = Duration.ofMillis(1).toNanos();

  private static final long LOOK_NANOS = Duration.ofMillis(10).toNanos();

  private final Builder settings;
  private boolean started; // this and the next ones under this object's lock
  private boolean performed;
  private boolean ended;
  private @Nullable LoadsReporter reporter;
  private volatile @Nullable String stopReason; // null until it is stopped; written under the lock
  private volatile @Nullable String runEnd; // what a test has said
  private volatile long hits;
  private volatile HitStarts starts = HitStarts.NONE; // once no hit begins any more

  private LoadsRunner(Builder settings) {
    this.settings = settings;
  }

  /**
   * A runner for the user of this environment, as yet without tests.
   *
   * @param environment what Loads told the user
   */
  public static Builder builder(LoadsEnvironment environment) {
    return new Builder(environment);
  }

  /**
   * Performs the tests and reports them; returns when everything is sent, or could not be. Called
   * once. An interrupt stops it.
   *
   * @throws dev.broadside.messaging.MessagingException if the socket cannot be opened
   */
  public LoadsRun run() {
    begin();
    try (ProcessWatch watch = settings.watchProcess ? new ProcessWatch(this) : null) {
      LoadsRun run = report(openReporter());
      settings.listener.accept(run);
      return run;
    } finally {
      end();
    }
  }

  private synchronized void begin() {
    if (started) throw new IllegalStateException("a runner runs once");
    started = true;
  }

  private LoadsReporter openReporter() {
    try {
      return settings.openReporter();
    } catch (RuntimeException | Error e) {
      closeTasks();
      throw e;
    }
  }

  private void closeTasks() {
    for (HitTask task : settings.tasks) task.close();
  }

  private synchronized void staysWith(LoadsReporter opened) {
    reporter = opened;
    if (isStopping()) opened.leave();
  }

  private synchronized void end() {
    ended = true;
    notifyAll();
  }

  private LoadsRun report(LoadsReporter reporter) {
    staysWith(reporter);
    RunTimes times = RunTimes.of(settings.environment, Instant.now(), System.nanoTime());
    TestReports reports = new TestReports(reporter);
    String abandoned = null;
    try {
      abandoned = perform(reports, times);
    } finally {
      close(reporter, times);
    }
    return new LoadsRun(
        hits,
        reporter.failures(),
        reporter.errors(),
        reporter.account(),
        stopReason != null ? stopReason : runEnd,
        abandoned,
        starts);
  }

  /** The name of the test that was abandoned, or null. */
  private @Nullable String perform(TestReports reports, RunTimes times) {
    String name = "loads-user-" + settings.environment.currentUser();
    Thread user = new Thread(new Hits(reports, times), name);
    user.setDaemon(true);
    if (settings.classLoader != null) user.setContextClassLoader(settings.classLoader);
    user.start();
    awaitPerformed(times.untilInterrupt(System.nanoTime()));
    if (isPerformed()) return null;
    if (!isStopping()) stop(OUT_OF_TIME);
    else awaitGrace(times);
    reports.reporter().release();
    if (!isPerformed()) interrupt(user, reports);
    return isPerformed() ? null : abandon(user, reports);
  }

  private void awaitGrace(RunTimes times) {
    long left = Math.min(settings.grace.toNanos(), times.untilInterrupt(System.nanoTime()));
    awaitPerformedThoughStopping(left);
  }

  private void interrupt(Thread user, TestReports reports) {
    reports.interrupting(Objects.requireNonNullElse(stopReason, "the run is over"));
    user.interrupt();
    awaitPerformedThoughStopping(ABANDON_AFTER.toNanos());
  }

  private @Nullable String abandon(Thread user, TestReports reports) {
    StackTraceElement[] places = user.getStackTrace();
    String test = reports.abandon(user);
    if (test == null) return null;
    System.getLogger(LoadsRunner.class.getName())
        .log(
            Level.WARNING,
            test
                + " ignored the stop and its interrupt and is abandoned; it is at "
                + (places.length == 0 ? "an unknown place" : places[0]));
    return test;
  }

  /** Flushes within what is left of the time. One who is stopped does not stay. */
  private void close(LoadsReporter reporter, RunTimes times) {
    boolean alive = drain(reporter, times);
    Duration left = Duration.ofNanos(times.untilLimit(System.nanoTime()));
    Duration longest = alive ? flushTime(reporter) : LEAST_FLUSH;
    if (isStopping()) longest = shorter(longest, FLUSH_WHEN_STOPPED);
    Account unused = reporter.close(longer(LEAST_FLUSH, shorter(left, longest)));
  }

  /** Longer where a receiver is known to read: a few thousand messages are out of our sight. */
  private Duration flushTime(LoadsReporter reporter) {
    return settings.closeTimeout.multipliedBy(reporter.isConnected() ? PATIENCE : 1);
  }

  /**
   * Waits while many messages wait and some of them leave: nobody knows how fast the receiver
   * reads. False when none has left for the close timeout.
   */
  private boolean drain(LoadsReporter reporter, RunTimes times) {
    long sent = -1;
    long since = System.nanoTime();
    while (!isStopping()) {
      Account account = reporter.account();
      long now = System.nanoTime();
      if (account.produced() - account.sent() - account.dropped() <= FEW) return true;
      if (account.sent() != sent) since = now;
      sent = account.sent();
      if (now - since >= settings.closeTimeout.toNanos()) return false;
      if (times.untilLimit(now) <= 0) return true;
      awaitStop(LOOK_NANOS);
    }
    return true;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  /**
   * Stops the run, in order. Returns at once; the first reason counts.
   *
   * @param reason stands in what is reported of the test that it cuts short
   */
  public synchronized void stop(String reason) {
    Objects.requireNonNull(reason, "reason");
    if (stopReason != null || ended) return;
    stopReason = reason;
    if (reporter != null) reporter.leave();
    notifyAll();
  }

  private boolean isStopping() {
    return stopReason != null;
  }

  private synchronized boolean isPerformed() {
    return performed;
  }

  private synchronized void performed() {
    performed = true;
    notifyAll();
  }

  /** Until everything is performed, or the run is stopped, at most so long. */
  private void awaitPerformed(long nanos) {
    await(nanos, false);
  }

  private void awaitPerformedThoughStopping(long nanos) {
    await(nanos, true);
  }

  private synchronized void awaitStop(long nanos) {
    if (stopReason != null) return;
    try {
      TimeUnit.NANOSECONDS.timedWait(this, nanos);
    } catch (InterruptedException e) {
      stop(INTERRUPTED);
    }
  }

  private synchronized void await(long nanos, boolean thoughStopping) {
    long deadline = System.nanoTime() + nanos;
    while (!performed && (thoughStopping || stopReason == null)) {
      long left = deadline - System.nanoTime();
      if (left <= 0) return;
      try {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      } catch (InterruptedException e) {
        stop(INTERRUPTED);
      }
    }
  }

  /** How many hits were performed to their end so far. */
  public long hits() {
    return hits;
  }

  /** Waits until {@link #run} returns, at most so long. */
  synchronized void awaitEnd(long millis) {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (started && !ended) {
      long left = deadline - System.nanoTime();
      if (left <= 0) return;
      try {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      } catch (InterruptedException e) {
        return; // who waits is in a hurry
      }
    }
  }

  /** Performs the tests, on the user's thread. */
  private final class Hits implements Runnable {
    private final TestReports reports;
    private final RunTimes times;
    private final @Nullable HitSchedule schedule = settings.schedule();

    Hits(TestReports reports, RunTimes times) {
      this.reports = reports;
      this.times = times;
    }

    @Override
    public void run() {
      try {
        int last = settings.environment.totalHits();
        for (int hit = 1; mayBegin(hit, last) && isDue(); hit++) perform(hit);
      } catch (ClosedException e) {
        // abandoned
      } finally {
        if (schedule != null) starts = schedule.end(Math.min(System.nanoTime(), times.end()));
        endTasks();
      }
    }

    private boolean mayBegin(int hit, int last) {
      boolean counted = last > 0;
      long now = System.nanoTime();
      if (isStopping() || runEnd != null || (counted ? hit > last : times.isOver(hit, now)))
        return false;
      if (times.untilInterrupt(now) > 0) return true;
      stop(OUT_OF_TIME);
      return false;
    }

    /** Waits until the next hit is due; false if the run is over before. */
    private boolean isDue() {
      if (schedule == null) return true;
      boolean unused = Thread.interrupted(); // that of a test before is not for this wait
      long due = schedule.next(System.nanoTime(), times.end());
      if (due == IntendedStarts.NONE) return false;
      long now = System.nanoTime();
      for (; now < due; now = System.nanoTime()) {
        if (times.untilInterrupt(now) <= 0) stop(OUT_OF_TIME);
        if (isStopping()) return false;
        pause(Math.min(due - now, times.untilInterrupt(now)));
      }
      schedule.begin(now);
      return true;
    }

    /** Waits so long, or until the stop; a wait for a lock is exact to a millisecond only. */
    private void pause(long nanos) {
      if (nanos > 2 * MILLI) awaitStop(nanos - MILLI);
      else LockSupport.parkNanos(nanos);
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // no other thread writes it
    private void perform(int hit) {
      reports.reporter().currentHit(hit);
      for (HitTask task : settings.tasks) {
        if (isStopping() || runEnd != null) return;
        boolean unused = Thread.interrupted(); // that of a test before is not this one's
        task.perform(reports);
        runEnd = reports.runEnd();
      }
      hits++;
    }

    private void endTasks() {
      try {
        closeTasks();
      } finally {
        performed();
      }
    }
  }

  /** Settings of a {@link LoadsRunner}. */
  public static final class Builder {
    private final LoadsEnvironment environment;
    private final List<HitTask> tasks = new ArrayList<>();
    private final LoadsReporter.Builder reporter;
    private @Nullable IntendedStarts starts;
    private boolean isShared;
    TimersAs timersAs = TimersAs.HITS;
    private Duration grace = Duration.ofMillis(200);
    private Duration closeTimeout = Duration.ofSeconds(2);
    private boolean watchProcess = true;
    private Consumer<? super LoadsRun> listener = run -> {};
    private @Nullable ClassLoader classLoader;

    private Builder(LoadsEnvironment environment) {
      this.environment = Objects.requireNonNull(environment, "environment");
      this.reporter = LoadsReporter.builder(environment);
    }

    /** Adds a test. */
    public Builder test(String name, LoadsTest test) {
      tasks.add(
          new LambdaTask(
              Objects.requireNonNull(name, "name"), Objects.requireNonNull(test, "test")));
      return this;
    }

    /**
     * Adds a transaction: each iteration is a test, and its timers become what {@link #timersAs}
     * says. It is made on the user's thread in its first hit; while that fails, so do the hits. It
     * is closed at the end if it is {@link AutoCloseable}.
     */
    public Builder transaction(String name, Supplier<? extends Transaction> factory) {
      Objects.requireNonNull(factory, "factory");
      return transaction(name, user -> factory.get());
    }

    /**
     * As {@link #transaction(String, Supplier)}, made for the user that is given to the factory.
     */
    public Builder transaction(
        String name, Function<? super UserContext, ? extends Transaction> factory) {
      UserContext user = UserContext.of(environment.currentUser(), environment.agentId());
      tasks.add(
          new TransactionTask(
              Objects.requireNonNull(name, "name"),
              Objects.requireNonNull(factory, "factory"),
              user,
              this));
      return this;
    }

    /**
     * Adds tests that report themselves. The runner closes them.
     *
     * @param name under which an error is reported that concerns all of them
     */
    public Builder suite(String name, LoadsSuite suite) {
      tasks.add(
          new SuiteTask(
              Objects.requireNonNull(name, "name"), Objects.requireNonNull(suite, "suite")));
      return this;
    }

    /**
     * When hits begin: by this pacing or think time, {@code
     * LoadProfile.closed().pacing(ofSeconds(1))}. How many there are, and for how long, Loads says;
     * a user that is behind with its pacing when its time is over leaves. Default one after the
     * other.
     *
     * @throws IllegalArgumentException if the profile is open, which a process per user cannot
     *     follow, or says more than a pacing or a think time
     */
    public Builder profile(LoadProfile profile) {
      if (profile instanceof OpenProfile) {
        throw new IllegalArgumentException(
            "a process per user cannot follow an open profile; use the resident runner");
      }
      boolean bounded = profile.length() != null || profile.maxIterations().isPresent();
      if (bounded || !profile.stages().isEmpty()) {
        throw new IllegalArgumentException(
            "Loads says how many users there are, and how long; expected a profile with a pacing or"
                + " a think time only");
      }
      starts = profile.equals(LoadProfile.closed()) ? null : IntendedStarts.of(profile);
      isShared = false;
      return this;
    }

    /**
     * When hits begin: each takes the next of these starts, which other users of this JVM take
     * from, too. One that finds none before its time is over makes no hit. Default one after the
     * other.
     */
    public Builder sharedStarts(IntendedStarts starts) {
      this.starts = Objects.requireNonNull(starts, "starts");
      isShared = true;
      return this;
    }

    private @Nullable HitSchedule schedule() {
      return starts == null ? null : new HitSchedule(starts, isShared);
    }

    /** What becomes of the timers of transactions. Default {@link TimersAs#HITS}. */
    public Builder timersAs(TimersAs timersAs) {
      this.timersAs = Objects.requireNonNull(timersAs, "timersAs");
      return this;
    }

    /** How long a test may go on after a stop, before it is interrupted. Default 200 ms. */
    public Builder grace(Duration grace) {
      this.grace = notNegative(grace, "grace");
      return this;
    }

    /**
     * How long the end waits for messages to leave when none does: while some do, it waits on, and
     * for the last ones five times as long where a connection stands; less where the limit is near.
     * Default 2 s.
     */
    public Builder closeTimeout(Duration closeTimeout) {
      this.closeTimeout = notNegative(closeTimeout, "closeTimeout");
      return this;
    }

    /**
     * How long to stay after the last message, unless stopped. Default {@link
     * LoadsEnvironment#stay}.
     */
    public Builder stay(Duration stay) {
      reporter.stay(stay);
      return this;
    }

    /** Changes the reporter's settings, as its batches. Default as for its environment. */
    public Builder reporter(Consumer<? super LoadsReporter.Builder> change) {
      change.accept(reporter);
      return this;
    }

    /**
     * Whether the end of this process, and the loss of the one that started it, stop the run.
     * Default true.
     */
    public Builder watchProcess(boolean watchProcess) {
      this.watchProcess = watchProcess;
      return this;
    }

    /**
     * Hears how the run went, just before {@link LoadsRunner#run} returns. A process that was told
     * to end waits for it, as it does not for what comes after. Default: nobody.
     */
    public Builder listener(Consumer<? super LoadsRun> listener) {
      this.listener = Objects.requireNonNull(listener, "listener");
      return this;
    }

    /** The context class loader of the user's thread. Default that of the thread that runs it. */
    public Builder classLoader(ClassLoader classLoader) {
      this.classLoader = Objects.requireNonNull(classLoader, "classLoader");
      return this;
    }

    private static Duration notNegative(Duration value, String name) {
      if (value.isNegative()) throw new IllegalArgumentException(name + " < 0: " + value);
      return value;
    }

    private LoadsReporter openReporter() {
      MessagingContext shared = LoadsUsers.context().orElse(null);
      if (shared != null) reporter.context(shared);
      return reporter.open();
    }

    /**
     * Makes the runner; nothing runs yet.
     *
     * @throws IllegalStateException if it has no test
     */
    public LoadsRunner build() {
      if (tasks.isEmpty()) throw new IllegalStateException("a runner needs a test");
      return new LoadsRunner(this);
    }
  }
}
