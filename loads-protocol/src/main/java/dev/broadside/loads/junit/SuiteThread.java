package dev.broadside.loads.junit;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The thread that a suite's tests run on. Tests interrupt themselves at times, and JUnit interrupts
 * those that take too long; since the order to stop is an interrupt of another thread, the one that
 * waits here, it is never mistaken. Used by one thread at a time.
 */
final class SuiteThread implements AutoCloseable {
  private final ExecutorService executor;
  private @Nullable Future<?> work;
  private @Nullable Thread busy; // guarded by this

  SuiteThread(ClassLoader contextLoader) {
    executor = Executors.newSingleThreadExecutor(task -> thread(task, contextLoader));
  }

  /** Made by the first thread that runs the suite, whose user it then works for. */
  private static Thread thread(Runnable task, ClassLoader contextLoader) {
    Thread thread = new Thread(task, Thread.currentThread().getName() + "-junit");
    thread.setContextClassLoader(contextLoader);
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Does something and waits for its end.
   *
   * @throws InterruptedException if the calling thread is interrupted; then the work goes on
   * @throws IllegalStateException if what was given up earlier still goes on
   */
  void run(Runnable task) throws Exception {
    if (work != null && !work.isDone()) {
      throw new IllegalStateException("a test that was interrupted earlier still runs");
    }
    Future<?> begun = executor.submit(() -> interruptibly(task));
    work = begun;
    try {
      begun.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) throw error;
      throw e.getCause() instanceof Exception exception ? exception : e;
    }
  }

  private void interruptibly(Runnable task) {
    busy(Thread.currentThread());
    try {
      task.run();
    } finally {
      busy(null);
      boolean unused = Thread.interrupted(); // the next hit begins without it
    }
  }

  private synchronized void busy(@Nullable Thread thread) {
    busy = thread;
  }

  private synchronized void interrupt() {
    if (busy != null) busy.interrupt();
  }

  /** Interrupts the work and waits for its end so long; false if it goes on nevertheless. */
  boolean stop(Duration giveUpAfter) {
    Future<?> begun = work;
    if (begun == null) return true;
    interrupt();
    try {
      begun.get(giveUpAfter.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      return true; // the hit has reported it
    } catch (TimeoutException | InterruptedException e) {
      return false;
    }
    return true;
  }

  /** Where the work is. */
  synchronized StackTraceElement[] place() {
    return busy == null ? new StackTraceElement[0] : busy.getStackTrace();
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
