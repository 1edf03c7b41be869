package dev.broadside.users;

import java.util.concurrent.CountDownLatch;

/** What users do who ignore the interrupt that is to end them. */
public final class Deaf {
  private Deaf() {}

  /** Waits until the latch is open, whoever interrupts. */
  public static void await(CountDownLatch latch) {
    while (latch.getCount() > 0) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        // says who is deaf
      }
    }
  }
}
