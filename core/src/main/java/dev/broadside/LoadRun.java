package dev.broadside;

import dev.broadside.metrics.RunResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run that goes on: it may be watched, stopped and waited for, from any thread. When {@link
 * #await} or {@link #close} return, all of its threads have ended, but for users that ignore a stop
 * and an interrupt; the result counts those.
 */
public final class LoadRun implements AutoCloseable {
  private final RunCourse course;
  private final Thread thread;
  private volatile @Nullable RunResult result;
  private volatile @Nullable Throwable failure;

  private LoadRun(RunCourse course, String name) {
    this.course = course;
    this.thread = new Thread(this::conduct, name + "-run");
    thread.setDaemon(true);
  }

  static LoadRun start(Broadside plan, List<Load> loads) {
    LoadRun run = new LoadRun(new RunCourse(plan, loads), plan.name());
    try {
      run.thread.start();
    } catch (OutOfMemoryError e) {
      throw new IllegalStateException("the system refused a thread: nothing runs", e);
    }
    return run;
  }

  private void conduct() {
    try {
      RunResult ended = course.conduct(this);
      result = ended;
      course.tell(listener -> listener.ended(ended));
    } catch (RuntimeException | Error e) {
      course.stop();
      failure = e; // for those who wait
    }
  }

  /** Ends the run before its time. Returns at once; may be called more than once. */
  public void stop() {
    course.stop();
  }

  /** Whether it goes on. */
  public boolean isRunning() {
    return result == null && failure == null;
  }

  /** How far it is, or was at its end. */
  public RunProgress progress() {
    return course.progress();
  }

  /**
   * Waits for its end. An interrupt of the calling thread ends the run in order, as a stop does:
   * the result says so and has failed, and the thread is interrupted again.
   *
   * @throws IllegalStateException if a listener waits, on whose return the run depends
   */
  public RunResult await() {
    join(course::interrupted);
    RunResult ended = result;
    if (ended != null) return ended;
    if (failure != null) throw new IllegalStateException("the run broke off", failure);
    throw new IllegalStateException("a listener cannot wait for the end of its run");
  }

  /** Stops it, and waits until it has ended: about a second longer than the users' grace. */
  @Override
  public void close() {
    course.stop();
    join(() -> {});
  }

  private void join(Runnable onInterrupt) {
    boolean interrupted = false;
    while (thread.isAlive() && Thread.currentThread() != thread) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
        onInterrupt.run();
      }
    }
    if (interrupted) Thread.currentThread().interrupt();
  }
}
