package dev.broadside.users;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a transaction is given for one iteration: who runs it, and custom timers. Fresh for every
 * iteration. Timers may be used from any thread, as long as the iteration lasts.
 */
public final class TransactionContext {
  private final UserContext user;
  private final LongSupplier clock;
  private volatile @Nullable Map<String, Long> timers; // written under this object's lock

  TransactionContext(UserContext user, LongSupplier clock) {
    this.user = user;
    this.clock = clock;
  }

  /** A context for a test of a transaction. */
  public static TransactionContext of(UserContext user) {
    return new TransactionContext(Objects.requireNonNull(user, "user"), System::nanoTime);
  }

  /** The number of the virtual user (in OCT: the cannon), counted from 1. */
  public int userNumber() {
    return user.number();
  }

  /** The group of the virtual user: the turret's name. */
  public String group() {
    return user.group();
  }

  /** Further keys of the configuration, as read from JSON. Unmodifiable; a value may be null. */
  public Map<String, @Nullable Object> settings() {
    return user.settings();
  }

  /**
   * What the headquarters sent for this run, as it was when the run started. Unmodifiable; a value
   * may be null.
   */
  public Map<String, @Nullable Object> runContext() {
    return user.runContext();
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
      this.startNanos = context.clock.getAsLong();
    }

    /** Stops the timer and adds its time; a second call does nothing. */
    @Override
    public void close() {
      if (stopped) return;
      stopped = true;
      context.addNanos(name, Math.max(0, context.clock.getAsLong() - startNanos));
    }
  }
}
