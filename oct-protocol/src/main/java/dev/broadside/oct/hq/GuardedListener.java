package dev.broadside.oct.hq;

import dev.broadside.oct.hq.HqCounters.Counter;
import java.util.function.Consumer;

/**
 * A user's listener: what it throws is counted and logged, and harms nobody else.
 *
 * @param <T> what it hears of
 */
final class GuardedListener<T> implements Consumer<T> {
  private static final System.Logger LOG = System.getLogger(Headquarters.class.getName());

  private final Consumer<? super T> listener;
  private final HqCounters counters;
  private final QuietLog log;

  GuardedListener(Consumer<? super T> listener, HqCounters counters, HqClock clock) {
    this.listener = listener;
    this.counters = counters;
    this.log = new QuietLog(LOG, clock);
  }

  @Override
  public void accept(T news) {
    try {
      listener.accept(news);
    } catch (RuntimeException | Error e) { // an AssertionError, for one
      counters.add(Counter.LISTENER_FAILURES);
      log.log("a listener of the headquarters failed", e);
    }
  }
}
