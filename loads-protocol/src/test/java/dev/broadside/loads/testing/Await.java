package dev.broadside.loads.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for things to happen, never longer than a bound, and says what did not. */
public final class Await {
  private static final Duration BOUND = Duration.ofSeconds(20);

  private Await() {}

  /** Returns as soon as the condition holds. */
  public static void until(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + BOUND.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline)
        throw new AssertionError("not within " + BOUND + ": " + what);
      LockSupport.parkNanos(500_000);
    }
  }
}
