package dev.broadside.users;

import dev.broadside.metrics.Punctuality;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * An iteration each so often, or so long after the last one. A user that waits when it is closed
 * still begins what is due by then; what it is behind with is counted as never begun.
 */
final class PacedStarts extends ClosedStarts {
  private final UserPool pool;
  private final boolean schedule;
  private final Pacer pacer; // this and the rest under this object's lock
  private long due;
  private boolean waiting;
  private boolean granted;
  private @Nullable Thread thread;

  PacedStarts(ClosedLoad load, long seed) {
    super(load);
    this.pool = load.pool;
    this.schedule = load.profile.pace().isSchedule();
    this.pacer = new Pacer(load.profile.pace(), seed);
  }

  @Override
  public @Nullable Start next() {
    long now = pool.now();
    if (pool.isStopping()) close(load.endNanos());
    if (!arrive(now)) return null;
    long intended = due;
    await(intended);
    if (!begin()) return null;
    if (!schedule) return Start.UNSCHEDULED;
    if (now < intended) pool.recorder().schedulerError(pool.now() - intended);
    return new Start(intended, now > intended ? Punctuality.LATE : Punctuality.ON_TIME);
  }

  /** The user is free; false if it has nothing more to begin. */
  private synchronized boolean arrive(long now) {
    waiting = !isClosed() && iterationsLeft() > 0;
    if (waiting) due = pacer.due(now);
    thread = Thread.currentThread();
    return waiting;
  }

  private void await(long intended) {
    while (!isClosed()) {
      long left = intended - pool.now();
      if (left <= 0) return;
      pool.park(left);
      boolean unused = Thread.interrupted(); // means the end of a grace, if anything
      if (pool.isStopping()) close(load.endNanos());
    }
  }

  private synchronized boolean begin() {
    boolean begins = granted || (!isClosed() && due < load.lengthNanos && claim());
    waiting = false;
    granted = false;
    return begins;
  }

  @Override
  synchronized void close(long nanos) {
    if (isClosed()) return;
    super.close(nanos);
    granted = schedule && waiting && due < nanos && claim();
    countUnstarted(nanos);
    if (waiting) LockSupport.unpark(thread);
  }

  private void countUnstarted(long nanos) {
    long oldest = pacer.next();
    long count = Math.min(iterationsLeft(), pacer.skipTo(nanos));
    if (count > 0) load.unstarted(count, nanos - oldest);
  }
}
