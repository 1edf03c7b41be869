package dev.broadside.messaging;

import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for things to happen, never longer than a bound, and says what did not. */
final class Wait {
  static final Duration BOUND = Duration.ofSeconds(15);

  private Wait() {}

  static void until(String what, BooleanSupplier happened) {
    until(what, happened, () -> "");
  }

  static void until(String what, BooleanSupplier happened, Supplier<Object> state) {
    long deadline = System.nanoTime() + BOUND.toNanos();
    while (!happened.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        fail("within %s it never happened: %s; %s", BOUND, what, state.get());
      }
      LockSupport.parkNanos(500_000);
    }
  }

  /** Until a thread that was seen to run waits in {@code send}. */
  static void untilBlocked(Thread thread) {
    until(
        thread.getName() + " waits",
        () -> thread.getState() == Thread.State.WAITING,
        () -> "it is " + thread.getState());
  }

  /** Until a thread was seen to sleep for a while. */
  static void untilParked(Thread thread) {
    until(
        thread.getName() + " sleeps",
        () -> thread.getState() == Thread.State.TIMED_WAITING,
        () -> "it is " + thread.getState());
  }

  static <T> T forThe(CompletableFuture<T> future) throws Exception {
    try {
      return future.get(BOUND.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("nothing within " + BOUND, e);
    }
  }

  static void forTheEndOf(Thread thread) throws InterruptedException {
    thread.join(BOUND.toMillis());
    if (thread.isAlive()) fail("%s still runs after %s", thread.getName(), BOUND);
  }

  static Thread daemon(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
