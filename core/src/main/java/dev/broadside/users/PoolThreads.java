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
  private final List<UserThread> threads = new ArrayList<>();
  private int sweepAt = FEW;
  private boolean closed;

  PoolThreads(Consumer<? super Thread> starter) {
    this.starter = starter;
  }

  /** A user and its thread. */
  record UserThread(VirtualUser user, Thread thread) {
    boolean isAlive() {
      return thread.isAlive();
    }
  }

  /**
   * Starts one more.
   *
   * @return false when it is too late for that
   * @throws OutOfMemoryError if the system refuses it
   */
  synchronized boolean start(VirtualUser user, Thread thread) {
    if (closed) return false;
    starter.accept(thread);
    threads.add(new UserThread(user, thread));
    if (threads.size() >= sweepAt) sweep();
    return true;
  }

  private void sweep() {
    threads.removeIf(each -> !each.isAlive());
    sweepAt = Math.max(FEW, 2 * threads.size());
  }

  /**
   * Lets nobody in any more, and waits until all have ended; interrupts those who have not within
   * the grace period.
   *
   * @return those who ignored even that
   */
  List<UserThread> end(Duration grace, Duration afterInterrupt) {
    List<UserThread> left = alive(close());
    joinAll(left, grace);
    List<UserThread> late = alive(left);
    late.forEach(each -> each.thread.interrupt());
    joinAll(late, afterInterrupt);
    return alive(late);
  }

  private synchronized List<UserThread> close() {
    closed = true;
    return threads;
  }

  /** How many are not forgotten. */
  synchronized int kept() {
    return threads.size();
  }

  private static List<UserThread> alive(List<UserThread> threads) {
    return threads.stream().filter(UserThread::isAlive).toList();
  }

  private static void joinAll(List<UserThread> threads, Duration atMost) {
    long deadline = System.nanoTime() + atMost.toNanos();
    for (UserThread each : threads) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (!each.isAlive()) continue;
      if (left <= 0) return;
      try {
        each.thread.join(left);
      } catch (InterruptedException e) {
        return; // the owner is in a hurry: go on to the next step
      }
    }
  }
}
