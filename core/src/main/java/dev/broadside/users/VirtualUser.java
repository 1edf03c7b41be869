package dev.broadside.users;

import dev.broadside.metrics.Measurement;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One virtual user: its transaction, its iterations, and the thread that runs them. */
final class VirtualUser implements Iterations, Runnable {
  private static final Logger LOG = System.getLogger(VirtualUser.class.getName());

  private static final long RETRY_MILLIS = 1000;
  private static final long YIELD_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final UserContext user;
  private final UserPool pool;
  private final Function<? super UserContext, ? extends Transaction> factory;
  private final LongSupplier clock;
  private @Nullable Transaction transaction;
  private String label = "transaction";
  private final UserScope scope;
  private long carrierSince;

  VirtualUser(UserContext user, UserPool pool) {
    this.user = user;
    this.scope = UserScope.of(user);
    this.pool = pool;
    this.factory = pool.settings.factory;
    this.clock = pool.settings.clock;
  }

  @Override
  public void run() {
    carrierSince = clock.getAsLong();
    try {
      while (!behave()) pool.pause(RETRY_MILLIS);
    } finally {
      closeTransaction();
      pool.ended();
    }
  }

  /** False when the behaviour failed and should be called again. */
  private boolean behave() {
    try {
      pool.settings.behavior.go(this);
      return true;
    } catch (Throwable e) {
      if (pool.isStopping()) return true;
      LOG.log(
          Level.WARNING, Thread.currentThread().getName() + " failed outside of an iteration", e);
      deliver(now(), 0, errorText(e), Map.of());
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
    if (pool.isStopping()) return false;
    Transaction ready = transaction != null ? transaction : create();
    if (ready != null) iterate(ready);
    return true;
  }

  private @Nullable Transaction create() {
    long start = now();
    try {
      Transaction made = factory.apply(user);
      if (made == null) throw new NullPointerException("the factory made no transaction");
      label = labelOf(made);
      transaction = made;
      return made;
    } catch (Throwable e) {
      deliver(start, 0, errorText(e), Map.of());
      pool.pause(RETRY_MILLIS);
      return null;
    }
  }

  private static String labelOf(Transaction transaction) {
    Class<?> type = transaction.getClass();
    return type.isHidden() || type.getSimpleName().isEmpty() ? "transaction" : type.getSimpleName();
  }

  private void iterate(Transaction ready) {
    TransactionContext context = scope.newIteration(clock);
    Throwable failure = setUp(ready, context);
    long start = clock.getAsLong(); // two looks at the clock are all that an iteration can afford
    long end = start;
    if (failure == null) {
      failure = fire(ready, context);
      end = clock.getAsLong();
    }
    try {
      ready.tearDown(context);
    } catch (Throwable e) {
      if (failure == null) failure = e;
    }
    String error = failure == null ? null : errorText(failure);
    deliver(start - pool.settings.startNanos, end - start, error, context.timers());
    yieldIfDue(end);
  }

  private static @Nullable Throwable setUp(Transaction ready, TransactionContext context) {
    try {
      ready.setUp(context);
      return null;
    } catch (Throwable e) {
      return e;
    }
  }

  private static @Nullable Throwable fire(Transaction ready, TransactionContext context) {
    try {
      ready.run(context);
      return null;
    } catch (Throwable e) {
      return e;
    }
  }

  private void deliver(long start, long service, @Nullable String error, Map<String, Long> timers) {
    try {
      pool.settings.sink.accept(
          new Measurement(label, user.group(), start, Math.max(0, service), error, timers));
    } catch (Throwable e) {
      pool.sinkFailed(e);
    }
  }

  /** Virtual threads are not preempted: one that only computes would never let the others in. */
  private void yieldIfDue(long now) {
    if (!pool.virtual || now - carrierSince < YIELD_NANOS) return;
    LockSupport.parkNanos(1); // yield() starves threads that wait in the scheduler's outer queue
    carrierSince = clock.getAsLong();
  }

  private long now() {
    return clock.getAsLong() - pool.settings.startNanos;
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
