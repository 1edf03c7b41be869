package dev.broadside.loads;

import dev.broadside.loads.TestReports.OpenTest;
import dev.broadside.users.Transaction;
import dev.broadside.users.TransactionContext;
import dev.broadside.users.UserContext;
import dev.broadside.users.UserScope;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An iteration of a transaction as a test, with its timers. Made when the first hit needs it. */
final class TransactionTask implements HitTask {
  private static final String METHOD = "TIMER";
  private static final int OK = 200;
  private static final int FAILED = 500;

  private final String name;
  private final Function<? super UserContext, ? extends Transaction> factory;
  private final UserScope scope;
  private final LoadsRunner.Builder settings;
  private @Nullable Transaction transaction;

  TransactionTask(
      String name,
      Function<? super UserContext, ? extends Transaction> factory,
      UserContext user,
      LoadsRunner.Builder settings) {
    this.name = name;
    this.factory = factory;
    this.scope = UserScope.of(user);
    this.settings = settings;
  }

  @Override
  public void perform(TestReports reports) {
    OpenTest open = reports.start(name);
    Instant started = Instant.now();
    TransactionContext context = scope.newIteration();
    Throwable failure = iterate(context);
    if (settings.timersAs != TimersAs.NOTHING) {
      reportTimers(reports.reporter(), context.timers(), started, failure == null ? OK : FAILED);
    }
    reports.end(open, failure);
  }

  private @Nullable Throwable iterate(TransactionContext context) {
    Transaction ready;
    try {
      ready = ready();
    } catch (Throwable e) {
      return e;
    }
    Throwable failure = first(context, setUpAndRun(ready, context));
    try {
      ready.tearDown(context);
      return failure != null ? failure : first(context, null);
    } catch (Throwable e) {
      return failure != null ? failure : first(context, e);
    }
  }

  /** What the context was told, if it was before something was thrown. */
  private static @Nullable Throwable first(TransactionContext context, @Nullable Throwable thrown) {
    String told = context.failure();
    return told == null ? thrown : new AssertionError(told);
  }

  private Transaction ready() {
    Transaction ready = transaction;
    if (ready != null) return ready;
    ready = factory.apply(scope.user());
    if (ready == null) throw new NullPointerException("the factory made no transaction");
    transaction = ready;
    return ready;
  }

  private static @Nullable Throwable setUpAndRun(Transaction ready, TransactionContext context) {
    try {
      ready.setUp(context);
      ready.run(context);
      return null;
    } catch (Throwable e) {
      return e;
    }
  }

  private void reportTimers(
      LoadsReporter reporter, Map<String, Long> timers, Instant started, int status) {
    for (Map.Entry<String, Long> timer : timers.entrySet()) {
      if (settings.timersAs == TimersAs.COUNTERS) {
        reporter.incrCounter(name, timer.getKey());
        continue;
      }
      Duration elapsed = Duration.ofNanos(timer.getValue());
      reporter.addHit(new Hit(urlOf(timer.getKey()), METHOD, status, started, elapsed));
    }
  }

  private static String urlOf(String timer) {
    return timer.contains("://") ? timer : "timer:" + timer;
  }

  @Override
  public void close() {
    closeTransaction();
    scope.close();
  }

  private void closeTransaction() {
    if (!(transaction instanceof AutoCloseable closeable)) return;
    try {
      closeable.close();
    } catch (Throwable e) {
      System.getLogger(LoadsRunner.class.getName())
          .log(System.Logger.Level.WARNING, name + ": close() failed", e);
    }
  }
}
