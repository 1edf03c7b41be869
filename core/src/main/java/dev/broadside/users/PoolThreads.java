package dev.broadside.users;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The threads of a pool's users. Those that have ended are forgotten now and then. */
final class PoolThreads {
  private static final int FEW = 64;

  private final Consumer<? super Thread> starter;
  private final List<Thread> threads = new ArrayList<>();
  private int sweepAt = FEW;
  private boolean closed;

  PoolThreads(Consumer<? super Thread> starter) {
    this.starter = starter;
  }

  /**
   * Starts one more.
   *
   * @return false when it is too late for that
   * @throws OutOfMemoryError if the system refuses it
   */
  synchronized boolean start(Thread thread) {
    if (closed) return false;
    starter.accept(thread);
    threads.add(thread);
    if (threads.size() >= sweepAt) sweep();
    return true;
  }

  private void sweep() {
    threads.removeIf(thread -> !thread.isAlive());
    sweepAt = Math.max(FEW, 2 * threads.size());
  }

  /**
   * Lets nobody in any more, and waits until all have ended; interrupts those who have not within
   * the grace period.
   *
   * @return those who ignored even that
   */
  List<Thread> end(Duration grace, Duration afterInterrupt) {
    List<Thread> left = alive(close());
    joinAll(left, grace);
    List<Thread> late = alive(left);
    late.forEach(Thread::interrupt);
    joinAll(late, afterInterrupt);
    return alive(late);
  }

  private synchronized List<Thread> close() {
    closed = true;
    return threads;
  }

  /** How many are not forgotten. */
  synchronized int kept() {
    return threads.size();
  }

  private static List<Thread> alive(List<Thread> threads) {
    return threads.stream().filter(Thread::isAlive).toList();
  }

  private static void joinAll(List<Thread> threads, Duration atMost) {
    long deadline = System.nanoTime() + atMost.toNanos();
    for (Thread thread : threads) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (!thread.isAlive()) continue;
      if (left <= 0) return;
      try {
        thread.join(left);
      } catch (InterruptedException e) {
        return; // the owner is in a hurry: go on to the next step
      }
    }
  }
}
