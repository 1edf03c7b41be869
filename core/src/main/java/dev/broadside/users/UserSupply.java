package dev.broadside.users;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * How many users an open load has, and a thread that makes more, so that whoever starts an arrival
 * need not: some are made before they are needed, since their making takes time. The counts are
 * guarded by the load's lock.
 */
final class UserSupply implements AutoCloseable {
  private static final int FEW_SPARES = 4;
  private static final int MANY_SPARES = 100;
  private static final double SPARES_PER_RATE = 0.01; // the arrivals of ten milliseconds

  private final UserPool pool;
  private final int most;
  private final int spares;
  private final ExecutorService backstage;
  private int present; // or on their way
  private int coming;
  private int lastNumber; // of the backstage thread

  UserSupply(UserPool pool, int most, double peakRate) {
    this.pool = pool;
    this.most = most;
    double asked = Math.max(FEW_SPARES, Math.min(MANY_SPARES, peakRate * SPARES_PER_RATE));
    this.spares = Math.min(most, (int) asked);
    this.backstage =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            this::thread,
            new ThreadPoolExecutor.DiscardPolicy()); // what comes after the end is not needed
  }

  private Thread thread(Runnable task) {
    Thread thread = new Thread(task, pool.settings.threadName + "-maker");
    thread.setDaemon(true);
    return thread;
  }

  /** How many should rest when nothing is due. */
  int spares() {
    return spares;
  }

  /** How many are to be made, so that so many can do something now; they count from now on. */
  int wanted(int needed, int resting) {
    int wanted = Math.max(0, Math.min(needed - resting - coming, most - present));
    present += wanted;
    coming += wanted;
    return wanted;
  }

  /** One of those who were wanted is there. */
  void came() {
    coming--;
  }

  /** One of those who were there has left. */
  void left() {
    present--;
  }

  /** Whether some are still on their way. */
  boolean isComing() {
    return coming > 0;
  }

  /**
   * Has so many made. Not under the lock.
   *
   * @param refused what to do if one cannot be
   */
  void make(int count, Runnable refused) {
    for (int i = 0; i < count; i++) {
      later(
          () -> {
            if (!pool.startUser(++lastNumber)) refused.run();
          });
    }
  }

  /** Has something done by that thread, which takes longer than those who start arrivals have. */
  void later(Runnable task) {
    try {
      backstage.execute(task);
    } catch (OutOfMemoryError e) {
      pool.refused(pool.active(), e);
    }
  }

  /** Nobody is made any more. */
  @Override
  public void close() {
    backstage.shutdownNow();
    try {
      boolean unused = backstage.awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // it ends all the same
    }
  }
}
