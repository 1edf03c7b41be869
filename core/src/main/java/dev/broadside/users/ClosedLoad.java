package dev.broadside.users;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAccumulator;
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
  final long lengthNanos;
  private final long seed;
  private final @Nullable AtomicLong iterationsLeft;
  private final Deque<ClosedStarts> users = new ArrayDeque<>(); // the newest first
  private final AtomicInteger present = new AtomicInteger();
  private final AtomicLong unstarted = new AtomicLong();
  private final LongAccumulator longestWait = new LongAccumulator(Math::max, 0);
  private volatile @Nullable Thread driver;
  private int made;

  ClosedLoad(ClosedProfile profile, UserPool pool) {
    this.profile = profile;
    this.pool = pool;
    this.plan = new UserPlan(profile.stages());
    this.seed = profile.seed().orElseGet(() -> new SplittableRandom().nextLong());
    Duration length = profile.length();
    this.lengthNanos = length == null ? Long.MAX_VALUE : length.toNanos();
    this.iterationsLeft =
        profile.maxIterations().isEmpty()
            ? null
            : new AtomicLong(profile.maxIterations().getAsLong());
  }

  @Override
  public StartSource starts(int userNumber) {
    ClosedStarts starts =
        profile.pace().kind() == Pace.Kind.NONE
            ? new ContinuousStarts(this)
            : new PacedStarts(this, 31 * seed + userNumber);
    present.incrementAndGet();
    users.push(starts);
    return starts;
  }

  @Override
  public Map<String, Long> seeds() {
    return profile.pace().isDrawn() ? Map.of(profile.pace().word(), seed) : Map.of();
  }

  @Override
  public void drive() {
    driver = Thread.currentThread();
    pool.onStop(this::wake);
    try {
      pool.begin();
      while (hasNext() && reached(plan.nextNanos())) change(plan.next());
      boolean unused = reached(lengthNanos);
    } finally {
      closeAll();
    }
    awaitTheLast();
  }

  /** Whether a change of the plan is left, and time for it. */
  private boolean hasNext() {
    if (!plan.hasNext() || plan.nextNanos() >= lengthNanos) return false;
    if (pool.now() < lengthNanos) return true;
    if (plan.grows()) pool.tooSlow(made, Duration.ofNanos(lengthNanos - plan.nextNanos()));
    return false;
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
      park(left);
    }
    return false;
  }

  private void park(long nanos) {
    pool.park(nanos);
    if (Thread.interrupted()) throw new IllegalStateException(UserPool.INTERRUPTED);
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

  private void closeAll() {
    long end = endNanos();
    users.forEach(starts -> starts.close(end));
    long possible = iterationsLeft == null ? Long.MAX_VALUE : Math.max(0, iterationsLeft.get());
    long count = Math.min(possible, unstarted.get());
    if (count > 0) pool.unstarted(count, Duration.ofNanos(longestWait.get()));
  }

  /** Those who do the last of the iterations get the time they need, as long as there is any. */
  private void awaitTheLast() {
    while (isUsedUp() && present.get() > 0 && !pool.isStopping()) {
      long left = lengthNanos - pool.now();
      if (left <= 0) return;
      park(left);
    }
  }

  /** From when on nothing is to begin, now that it ends; without iterations nothing is at all. */
  long endNanos() {
    return isUsedUp() ? 0 : Math.min(pool.now(), Math.min(lengthNanos, pool.stoppedNanos()));
  }

  /** Takes one of the iterations of all users; false if none is left. */
  boolean claim() {
    if (iterationsLeft == null) return true;
    long left = iterationsLeft.decrementAndGet();
    if (left <= 0) wake();
    return left >= 0;
  }

  /** Counts starts that a user who leaves is behind with. */
  void unstarted(long count, long waitNanos) {
    unstarted.addAndGet(count);
    longestWait.accumulate(waitNanos);
  }

  /** One user has left. */
  void left() {
    if (present.decrementAndGet() == 0) wake();
  }

  private void wake() {
    LockSupport.unpark(driver); // which looks again after it has made itself known
  }
}
