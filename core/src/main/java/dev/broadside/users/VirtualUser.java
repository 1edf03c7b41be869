package dev.broadside.users;

import dev.broadside.metrics.Measurement;
import dev.broadside.metrics.Punctuality;
import dev.broadside.metrics.RunNote;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One virtual user: its transaction, its iterations, and the thread that runs them. */
final class VirtualUser implements Iterations, Runnable {
  private static final Logger LOG = System.getLogger(VirtualUser.class.getName());

  private static final long RETRY_MILLIS = 1000;
  private static final long NOT_YET = Long.MIN_VALUE;
  private static final String ABANDONED = "abandoned: it ignored the stop and its interrupt";
  private static final long YIELD_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final UserContext user;
  private final UserScope scope;
  private final UserPool pool;
  private final Function<? super UserContext, ? extends Transaction> factory;
  private final LongSupplier clock;
  private final StartSource starts;
  private final AtomicReference<@Nullable Start> underWay = new AtomicReference<>();
  private final AtomicLong begun = new AtomicLong(); // of what is under way, since the run's begin
  private @Nullable Transaction transaction;
  private @Nullable Labeled labeled; // the same, if it is: to ask each time takes 20 ns
  private String label;
  private long carrierSince;

  VirtualUser(UserContext user, UserPool pool) {
    this.user = user;
    this.scope = pool.scope(user);
    this.pool = pool;
    this.factory = pool.settings.factory;
    this.clock = pool.settings.clock;
    this.label = pool.settings.label;
    this.starts = pool.starts(user.number());
  }

  @Override
  public void run() {
    carrierSince = clock.getAsLong();
    try {
      while (!behave()) pool.pause(RETRY_MILLIS);
    } finally {
      closeTransaction();
      scope.close();
      starts.left();
      pool.ended();
    }
  }

  /** False when the behaviour failed and should be called again. */
  private boolean behave() {
    try {
      pool.settings.behavior.go(this);
      return true;
    } catch (Throwable e) {
      if (endsRun(e) || pool.isStopping()) return true;
      LOG.log(
          Level.WARNING, Thread.currentThread().getName() + " failed outside of an iteration", e);
      deliver(Start.UNSCHEDULED, pool.now(), errorText(e));
      return false;
    }
  }

  @Override
  public UserContext user() {
    return user;
  }

  @Override
  public boolean next() {
    boolean unused = Thread.interrupted(); // an interrupt of the last iteration is not this one's
    Start start = awaitStart();
    if (start == null) return false;
    begun.lazySet(NOT_YET);
    underWay.lazySet(start);
    Transaction ready = transaction != null ? transaction : create(start);
    if (ready != null) iterate(ready, start);
    return true;
  }

  private @Nullable Start awaitStart() {
    Start start = starts.next();
    if (start == null || !start.equals(Start.PREPARATION)) return start;
    Transaction unused = create(start);
    return starts.next();
  }

  private @Nullable Transaction create(Start due) {
    long start = pool.now();
    begun.lazySet(start);
    try {
      Transaction made = factory.apply(user);
      if (made == null) throw new NullPointerException("the factory made no transaction");
      label = Labeled.labelOf(made, label);
      labeled = made instanceof Labeled itself ? itself : null;
      transaction = made;
      return made;
    } catch (Throwable e) {
      if (endsRun(e) || due.equals(Start.PREPARATION)) return null; // its first start tries again
      if (isMine()) deliver(due, start, errorText(e));
      pool.pause(RETRY_MILLIS);
      return null;
    }
  }

  private void iterate(Transaction ready, Start due) {
    TransactionContext context = scope.newIteration();
    Throwable failure = setUp(ready, context);
    long start = clock.getAsLong(); // two looks at the clock are all that an iteration can afford
    long end = start;
    begun.lazySet(pool.since(start));
    if (failure == null) {
      failure = fire(ready, context);
      end = clock.getAsLong();
    }
    try {
      ready.tearDown(context);
    } catch (Throwable e) {
      if (failure == null) failure = failed(context, e);
    }
    if (endsRun(failure) || !isMine()) return;
    if (labeled != null) label = labeled.label();
    deliver(due, pool.since(start), end - start, context);
    yieldIfDue(end);
  }

  /** Ends what is under way; false when the pool has not waited for it. */
  private boolean isMine() {
    return underWay.getAndSet(null) != null;
  }

  /** Gives the user up: what is under way has failed. Called by the pool, when it has ended. */
  void abandon() {
    Start due = underWay.getAndSet(null);
    if (due == null) return;
    long now = pool.now();
    long start = begun.get() == NOT_YET ? now : begun.get();
    Measurement lost = measurement(label, due, start, now - start, ABANDONED, Map.of());
    if (lost.isScheduled()) pool.recorder().record(lost);
    try {
      pool.sink().abandoned(lost);
    } catch (Throwable e) {
      pool.sinkFailed(e);
    }
  }

  private static @Nullable Throwable setUp(Transaction ready, TransactionContext context) {
    try {
      ready.setUp(context);
      return null;
    } catch (Throwable e) {
      return failed(context, e);
    }
  }

  private static @Nullable Throwable fire(Transaction ready, TransactionContext context) {
    try {
      ready.run(context);
      return null;
    } catch (Throwable e) {
      return failed(context, e);
    }
  }

  /** Tells the context, which may have been told of another failure before. */
  private static Throwable failed(TransactionContext context, Throwable failure) {
    context.fail(errorText(failure));
    return failure;
  }

  /** Whether this is the wish to end the run, which is then done. */
  private boolean endsRun(@Nullable Throwable failure) {
    if (!(failure instanceof EndRunException end)) return false;
    underWay.lazySet(null);
    pool.endRun(new RunNote(errorText(end), end.isFailure()));
    return true;
  }

  /** Delivers an iteration without a transaction, which could not be made. */
  private void deliver(Start due, long start, String error) {
    deliver(measurement(label, due, start, 0, error, Map.of()));
  }

  private void deliver(Start due, long start, long service, TransactionContext context) {
    String tag = context.tag();
    String tagged = tag == null ? label : label + "[" + tag + "]";
    deliver(measurement(tagged, due, start, service, context.failure(), context.timers()));
  }

  private void deliver(Measurement measurement) {
    if (measurement.isScheduled()) pool.recorder().record(measurement);
    try {
      pool.sink().accept(measurement);
    } catch (Throwable e) {
      pool.sinkFailed(e);
    }
  }

  private Measurement measurement(
      String label,
      Start due,
      long start,
      long service,
      @Nullable String error,
      Map<String, Long> timers) {
    boolean scheduled = due.punctuality() != Punctuality.UNSCHEDULED;
    return new Measurement(
        label,
        user.group(),
        scheduled ? due.intendedNanos() : start,
        start,
        due.punctuality(),
        Math.max(0, service),
        error,
        timers);
  }

  /** Virtual threads are not preempted: one that only computes would never let the others in. */
  private void yieldIfDue(long now) {
    if (!pool.virtual || now - carrierSince < YIELD_NANOS) return;
    LockSupport.parkNanos(1); // yield() starves threads that wait in the scheduler's outer queue
    carrierSince = clock.getAsLong();
  }

  /** The failure's message, or its class where it has none: never empty. */
  static String errorText(Throwable failure) {
    try {
      String message = failure.getMessage();
      if (message != null && !message.isBlank()) return message;
    } catch (Throwable e) {
      LOG.log(Level.DEBUG, "an exception's getMessage() failed", e);
    }
    return failure.getClass().getName();
  }

  private void closeTransaction() {
    if (!(transaction instanceof AutoCloseable closeable)) return;
    try {
      closeable.close();
    } catch (Throwable e) {
      LOG.log(Level.WARNING, label + ".close() failed", e);
    }
  }
}
