package dev.broadside.oct.live;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * The threads that answer requests, a bounded number of daemons. A client that lets its thread wait
 * too long, for its request or for its reading of the answer, is cut off: an interrupt closes the
 * channel that a thread waits for.
 */
final class Workers implements Executor, AutoCloseable {
  private static final long IDLE_SECONDS = 10;
  private static final long CLOSE_MILLIS = 500;

  private final long patienceNanos;
  private final LongSupplier nanos;
  private final Map<Thread, Long> busySince = new ConcurrentHashMap<>();
  private final AtomicInteger made = new AtomicInteger();
  private final ThreadPoolExecutor threads;

  /**
   * No threads yet.
   *
   * @param max how many there may be; a request that finds all of them busy is dropped
   * @param patienceNanos how long a client may let one of them wait
   */
  Workers(int max, long patienceNanos, LongSupplier nanos) {
    this.patienceNanos = patienceNanos;
    this.nanos = nanos;
    this.threads =
        new ThreadPoolExecutor(
            0, max, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), this::thread);
  }

  private Thread thread(Runnable work) {
    Thread thread = new Thread(work, "live-page-" + made.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void execute(Runnable request) {
    threads.execute(
        () -> {
          resume();
          try {
            request.run();
          } finally {
            pause();
          }
        });
  }

  /** From now on the calling worker waits for its client. */
  void resume() {
    busySince.put(Thread.currentThread(), nanos.getAsLong());
  }

  /** From now on it does not. */
  void pause() {
    busySince.remove(Thread.currentThread());
  }

  /** Cuts off those who are too slow. To be called now and then. */
  void cutOff() {
    long now = nanos.getAsLong();
    busySince.forEach(
        (thread, since) -> {
          if (now - since >= patienceNanos && busySince.remove(thread, since)) thread.interrupt();
        });
  }

  /** Interrupts them all, and waits for them, though not for long. */
  @Override
  public void close() {
    threads.shutdownNow();
    try {
      threads.awaitTermination(CLOSE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
