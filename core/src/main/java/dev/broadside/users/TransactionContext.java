package dev.broadside.users;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a transaction is given for one iteration: who runs it, custom timers, its outcome, and
 * objects that last longer. Fresh for every iteration. It may be used from any thread, as long as
 * the iteration lasts.
 */
public final class TransactionContext {
  private static final String FAILED = "failed";

  private final UserScope scope;
  private volatile @Nullable Map<String, Long> timers; // this and failure: by this object's lock
  private volatile @Nullable String failure;
  private volatile @Nullable String tag;

  TransactionContext(UserScope scope) {
    this.scope = scope;
  }

  /** A context for a test of a transaction: that of a user alone in its run. */
  public static TransactionContext of(UserContext user) {
    return UserScope.of(user).newIteration();
  }

  /** The number of the virtual user (in OCT: the cannon), counted from 1. */
  public int userNumber() {
    return scope.user().number();
  }

  /** The group of the virtual user: the turret's name. */
  public String group() {
    return scope.user().group();
  }

  /** Further keys of the configuration, as read from JSON. Unmodifiable; a value may be null. */
  public Map<String, @Nullable Object> settings() {
    return scope.user().settings();
  }

  /**
   * What the headquarters sent for this run, as it was when the run started. Unmodifiable; a value
   * may be null.
   */
  public Map<String, @Nullable Object> runContext() {
    return scope.user().runContext();
  }

  /**
   * This user's object of this class: made when it first asks, the same in all of its iterations,
   * and closed when the user ends, if it is {@link AutoCloseable}. A maker that throws is asked
   * again next time.
   *
   * @param maker makes it, on the user's own thread
   */
  public <T> T perUser(Class<T> type, Supplier<? extends T> maker) {
    return scope.get(type, maker);
  }

  /**
   * The run's object of this class, which all of its users share and therefore use at the same
   * time: made when one of them first asks, while others that ask wait; closed when the run ends,
   * if it is {@link AutoCloseable}. A maker that throws is asked again next time. Turrets and
   * standalone runs have one for all users; under Loads each user is a run of its own.
   */
  public <T> T perRun(Class<T> type, Supplier<? extends T> maker) {
    return scope.run().get(type, maker);
  }

  /**
   * Tells what random draws of this run began with, so that its result can show it and the run be
   * repeated. Neither OCT nor Loads carries it.
   *
   * @param name what is drawn; a number is added to one that is taken
   */
  public void seed(String name, long seed) {
    scope.run().seed(Objects.requireNonNull(name, "name"), seed);
  }

  /**
   * Marks this iteration as failed, and lets it go on. The first failure counts, whether it was
   * told or thrown. Under Loads it becomes an {@code addFailure}, as an {@link AssertionError}
   * does.
   *
   * @param reason the text of the failure; "failed" if it is blank
   */
  public synchronized void fail(String reason) {
    if (failure == null) failure = reason.isBlank() ? FAILED : reason;
  }

  /** What {@link #fail} was first told in this iteration; null if nothing. */
  public @Nullable String failure() {
    return failure;
  }

  /**
   * Tells iterations of one transaction apart: with the tag {@code gold} a {@code Checkout} is
   * counted as {@code Checkout[gold]}. The last tag of an iteration counts, so it may be set when
   * more is known. Take few different ones: each has its own figures. The wires of OCT and Loads do
   * not carry it.
   */
  public void tag(String tag) {
    if (tag.isBlank()) throw new IllegalArgumentException("tag is blank");
    this.tag = tag;
  }

  /** The tag of this iteration; null if it has none. */
  public @Nullable String tag() {
    return tag;
  }

  /**
   * Starts a custom timer, which stops when it is closed: {@code try (var t =
   * context.timer("login")) { … }}. A name used twice in one iteration adds up.
   */
  public Timer timer(String name) {
    return new Timer(this, Objects.requireNonNull(name, "name"));
  }

  /**
   * Times a piece of work that returns something. It is timed also when it throws.
   *
   * @return what the work returns
   */
  public <T extends @Nullable Object> T timer(String name, Callable<T> work) throws Exception {
    try (Timer timer = timer(name)) {
      return work.call();
    }
  }

  /** Times a piece of work that returns nothing. It is timed also when it throws. */
  public void timer(String name, Action work) throws Exception {
    try (Timer timer = timer(name)) {
      work.run();
    }
  }

  /** Adds a time that was measured by other means to the timer of this name. */
  public void addTime(String name, Duration time) {
    if (time.isNegative()) throw new IllegalArgumentException("time < 0: " + time);
    addNanos(Objects.requireNonNull(name, "name"), time.toNanos());
  }

  private synchronized void addNanos(String name, long nanos) {
    Map<String, Long> measured = timers;
    if (measured == null) measured = new LinkedHashMap<>();
    measured.merge(name, nanos, Long::sum);
    timers = measured;
  }

  /** The timers measured so far: name to nanoseconds. A copy. */
  public Map<String, Long> timers() {
    if (timers == null) return Map.of(); // most transactions have none, and a lock costs 20 ns
    return copyOfTimers();
  }

  private synchronized Map<String, Long> copyOfTimers() {
    Map<String, Long> measured = timers;
    return measured == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(measured));
  }

  /** Work that returns nothing and may throw. */
  @FunctionalInterface
  public interface Action {
    /** Does the work. */
    void run() throws Exception;
  }

  /** A running timer. */
  public static final class Timer implements AutoCloseable {
    private final TransactionContext context;
    private final String name;
    private final long startNanos;
    private boolean stopped;

    private Timer(TransactionContext context, String name) {
      this.context = context;
      this.name = name;
      this.startNanos = context.scope.clock().getAsLong();
    }

    /** Stops the timer and adds its time; a second call does nothing. */
    @Override
    public void close() {
      if (stopped) return;
      stopped = true;
      context.addNanos(name, Math.max(0, context.scope.clock().getAsLong() - startNanos));
    }
  }
}
