package dev.broadside.users;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The load of a closed profile: users come and go as its stages say, the newest first, and each
 * begins its own iterations.
 */
final class ClosedLoad implements LoadDriver {
  final ClosedProfile profile;
  final UserPool pool;
  private final UserPlan plan;
  private final long lengthNanos;
  private final @Nullable AtomicLong iterationsLeft;
  private final AtomicInteger present = new AtomicInteger();
  private final Deque<ClosedStarts> users = new ArrayDeque<>(); // the newest first
  private volatile @Nullable Thread driver;
  private int made;

  ClosedLoad(ClosedProfile profile, UserPool pool) {
    this.profile = profile;
    this.pool = pool;
    this.plan = new UserPlan(profile.stages());
    Duration length = profile.length();
    this.lengthNanos = length == null ? Long.MAX_VALUE : length.toNanos();
    this.iterationsLeft =
        profile.maxIterations().isEmpty()
            ? null
            : new AtomicLong(profile.maxIterations().getAsLong());
  }

  @Override
  public StartSource starts(int userNumber) {
    ClosedStarts starts = new ClosedStarts.Continuous(this);
    present.incrementAndGet();
    users.push(starts);
    return starts;
  }

  @Override
  public void drive() {
    driver = Thread.currentThread();
    pool.onStop(this::wake);
    while (plan.hasNext() && plan.nextNanos() < lengthNanos && reached(plan.nextNanos())) {
      change(plan.next());
    }
    boolean unused = reached(lengthNanos);
    closeAll();
  }

  private void change(UserPlan.Change change) {
    if (change.comes()) pool.startUser(++made);
    else users.pop().close(change.nanos());
  }

  /** Waits for a moment of the run; false when the run ends before. */
  private boolean reached(long nanos) {
    while (!isOver()) {
      long left = nanos - pool.now();
      if (left <= 0) return true;
      pool.park(left);
      if (Thread.interrupted()) throw new IllegalStateException(UserPool.INTERRUPTED);
    }
    return false;
  }

  private boolean isOver() {
    return pool.isStopping() || isUsedUp() || isDeserted();
  }

  private boolean isUsedUp() {
    return iterationsLeft != null && iterationsLeft.get() <= 0;
  }

  /** Whether all have done their part, so that nobody is there or will come. */
  private boolean isDeserted() {
    boolean bounded = iterationsLeft != null || profile.iterationsPerUser().isPresent();
    return bounded && !plan.grows() && present.get() == 0;
  }

  /** Nothing begins any more; those who do the last of the iterations get their time for it. */
  private void closeAll() {
    boolean usedUp = isUsedUp();
    long end = usedUp ? 0 : Math.min(lengthNanos, pool.stoppedNanos());
    users.forEach(starts -> starts.close(end));
    while (usedUp && present.get() > 0 && !pool.isStopping() && pool.now() < lengthNanos) {
      pool.park(lengthNanos - pool.now());
      if (Thread.interrupted()) throw new IllegalStateException(UserPool.INTERRUPTED);
    }
  }

  /** Takes one of the iterations of all users; false if none is left. */
  boolean claim() {
    if (iterationsLeft == null) return true;
    long left = iterationsLeft.decrementAndGet();
    if (left <= 0) wake();
    return left >= 0;
  }

  void left() {
    if (present.decrementAndGet() == 0) wake();
  }

  private void wake() {
    LockSupport.unpark(driver); // which looks again after it has made itself known
  }
}
