package dev.broadside;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Where the scenarios of a run wait for each other, so that all begin at the same moment: some are
 * ready at once, some make users and try their code before.
 */
final class StartingLine {
  private static final long NEVER = Long.MIN_VALUE;

  private final CountDownLatch missing;
  private final AtomicLong began = new AtomicLong(NEVER);

  StartingLine(int scenarios) {
    this.missing = new CountDownLatch(scenarios);
  }

  /** Who comes here, or never will, is waited for no more. */
  void arrive() {
    missing.countDown();
  }

  /** Waits for all others; tells when the run began, by {@link System#nanoTime}. */
  long beginning() {
    try {
      missing.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted before the beginning of a run", e);
    }
    began.compareAndSet(NEVER, System.nanoTime());
    return began.get();
  }

  /** How long ago the run began; nothing before. */
  long nanosSince() {
    long beginning = began.get();
    return beginning == NEVER ? 0 : System.nanoTime() - beginning;
  }

  /** Waits for nobody any more. */
  void open() {
    while (missing.getCount() > 0) missing.countDown();
  }
}
