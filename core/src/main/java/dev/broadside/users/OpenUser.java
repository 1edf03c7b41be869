package dev.broadside.users;

import dev.broadside.metrics.Punctuality;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A user of an open load, as the load sees it: parked until it is given a start. Its links and what
 * it serves are guarded by the load's lock; between being chosen and being woken it belongs to who
 * chose it.
 */
final class OpenUser implements StartSource {
  private final OpenLoad load;
  @Nullable OpenUser below; // in the stack of those who rest, or in the row of those to be woken
  @Nullable ArrivalLine serving; // whose place it has
  boolean arrived; // has rested, or left, once
  private @Nullable Start chosen;
  private volatile @Nullable Start woken;
  private volatile @Nullable Thread thread;
  private boolean prepared;
  private long errorNanos = -1; // of the iteration it is in; below 0: none to be told

  OpenUser(OpenLoad load) {
    this.load = load;
  }

  @Override
  public @Nullable Start next() {
    if (!prepared) return prepare();
    tellError();
    Start start;
    do {
      load.rest(this);
      start = await();
    } while (load.isRehearsal(serving));
    if (start.equals(Start.NEVER)) return null;
    if (start.punctuality() == Punctuality.ON_TIME) errorNanos = load.since(start.intendedNanos());
    return start;
  }

  private Start prepare() {
    thread = Thread.currentThread();
    prepared = true;
    return Start.PREPARATION;
  }

  private Start await() {
    for (; ; ) {
      Start start = woken;
      if (start != null) {
        woken = null;
        return start;
      }
      LockSupport.park(load);
      boolean unused = Thread.interrupted(); // nobody means this user while it rests
    }
  }

  /** Told only when the iteration is over: nothing is to come between an arrival and its start. */
  private void tellError() {
    if (errorNanos >= 0) load.error(errorNanos);
    errorNanos = -1;
  }

  @Override
  public void left() {
    tellError();
    load.left(this);
  }

  /** Gives it a start, or null to leave, which it learns when it is woken. */
  void choose(@Nullable Start start, @Nullable ArrivalLine line) {
    chosen = start == null ? Start.NEVER : start;
    serving = start == null ? null : line;
  }

  /** Wakes a row of them. */
  static void wakeAll(@Nullable OpenUser first) {
    for (OpenUser user = first; user != null; ) {
      OpenUser next = user.below; // read before it is woken, since then it may rest again
      user.wake();
      user = next;
    }
  }

  private void wake() {
    below = null;
    woken = chosen;
    if (thread != Thread.currentThread()) LockSupport.unpark(thread);
  }
}
