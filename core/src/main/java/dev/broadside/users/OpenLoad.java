package dev.broadside.users;

import static java.time.Duration.ofMillis;

import dev.broadside.users.ArrivalLine.Unstarted;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The load of an open profile. The thread that drives it parks until the next arrival is due and
 * wakes a user for everything that is: the one who rests since the shortest time. A user that is
 * done takes what waits itself. Whoever changes something does so under one lock, in {@link
 * #change}, and wakes others when it has given it back.
 */
final class OpenLoad implements LoadDriver {
  private static final Logger LOG = System.getLogger(OpenLoad.class.getName());

  private static final int MAX_VIRTUAL = 10_000;
  private static final int MAX_PLATFORM = 1_000;
  private static final OpenProfile REHEARSAL = LoadProfile.rate(10_000).hold(ofMillis(50));
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(1); // with users being made
  private static final long OVER = Long.MIN_VALUE;
  private static final long SPIN = TimeUnit.MICROSECONDS.toNanos(80); // a park may outlast its time

  private final OpenProfile profile;
  private final UserPool pool;
  private final int maxUsers;
  private final long seed;
  private final Arrivals arrivals;
  private final UserSupply supply;
  private volatile @Nullable ArrivalLine rehearsal;
  private volatile @Nullable Thread dispatcher;
  private long nextLook; // of the dispatcher, as are those that were dropped
  private long untold;

  private final ReentrantLock lock = new ReentrantLock(); // guards what follows
  private ArrivalLine line;
  private final RestingUsers resting = new RestingUsers();
  private boolean asleep; // the dispatcher, until somebody is free
  private boolean warned;
  private boolean closing;
  private boolean dismissed;

  OpenLoad(OpenProfile profile, UserPool pool) {
    this.profile = profile;
    this.pool = pool;
    this.maxUsers = profile.maxUsers().orElse(pool.virtual ? MAX_VIRTUAL : MAX_PLATFORM);
    this.seed = profile.seed().orElseGet(() -> new SplittableRandom().nextLong());
    this.arrivals = new Arrivals(profile, seed);
    this.supply = new UserSupply(pool, maxUsers, arrivals.peak());
    this.line = new ArrivalLine(new Arrivals(LoadProfile.open(), 0), 1, ArrivalOverflow.LATE, 0);
  }

  @Override
  public Map<String, Long> seeds() {
    return profile.isPoisson() ? Map.of("arrivals", seed) : Map.of();
  }

  @Override
  public StartSource starts(int userNumber) {
    return new OpenUser(this);
  }

  @Override
  public void drive() {
    dispatcher = Thread.currentThread();
    pool.onStop(() -> LockSupport.unpark(dispatcher));
    try {
      awaitSpares();
      rehearse();
      if (!pool.isStopping()) begin();
    } finally {
      close();
      supply.close();
    }
  }

  private void begin() {
    pool.begin();
    play(new ArrivalLine(arrivals, maxUsers, profile.overflow(), pool.now()));
  }

  /** So that the first arrivals find users. */
  private void awaitSpares() {
    change(now -> {});
    await(() -> resting.count() >= supply.spares() || pool.isStopping());
    throwIfInterrupted();
  }

  /** Arrivals that run nothing, since code that never ran is slow. */
  private void rehearse() {
    ArrivalLine tried =
        new ArrivalLine(
            new Arrivals(REHEARSAL, 0), supply.spares(), ArrivalOverflow.DROP, pool.now());
    rehearsal = tried;
    play(tried);
  }

  boolean isRehearsal(@Nullable ArrivalLine served) {
    return served != null && served == rehearsal;
  }

  private void play(ArrivalLine next) {
    change(now -> line = next);
    for (long look = startDue(); look != OVER; look = startDue()) waitUntil(look);
  }

  /** Starts what is due; tells when to look again. */
  private long startDue() {
    change(this::look);
    if (untold > 0) tellDropped();
    return nextLook;
  }

  private void look(long now) {
    if (isOver(now)) {
      nextLook = OVER;
      return;
    }
    line.settle(now);
    untold += takeDropped();
    asleep = line.next() <= now || line.next() == Arrivals.NONE;
    nextLook = asleep ? line.end() : line.next();
  }

  private boolean isOver(long now) {
    return pool.isStopping() || now >= line.end() || line.isServed();
  }

  private long takeDropped() {
    long dropped = line.takeDropped();
    return isRehearsal(line) ? 0 : dropped;
  }

  private void tellDropped() {
    long count = untold;
    untold = 0;
    pool.recorder().dropped(count);
    tell(() -> pool.sink().dropped(count));
  }

  private void tell(Runnable telling) {
    try {
      telling.run();
    } catch (Throwable e) {
      pool.sinkFailed(e);
    }
  }

  /** Waits for that moment, or less. */
  private void waitUntil(long look) {
    long left = look - pool.now();
    if (!profile.isPrecise()) park(left);
    else if (left > SPIN) park(left - SPIN);
    else while (pool.now() < look) Thread.onSpinWait();
    throwIfInterrupted();
  }

  private void park(long nanos) {
    if (nanos > 0) pool.park(nanos);
  }

  private static void throwIfInterrupted() {
    if (Thread.interrupted()) throw new IllegalStateException(UserPool.INTERRUPTED);
  }

  /** Waits until this holds, as seen under the lock, but not for long, and for no interrupt. */
  private void await(BooleanSupplier holds) {
    long deadline = pool.now() + PATIENCE;
    while (!seen(holds) && !Thread.currentThread().isInterrupted()) {
      long left = deadline - pool.now();
      if (left <= 0) return;
      pool.park(left);
    }
  }

  private boolean seen(BooleanSupplier holds) {
    lock.lock();
    try {
      asleep = !holds.getAsBoolean();
      return !asleep;
    } finally {
      lock.unlock();
    }
  }

  /** Who came until now and has a place still begins; all others go, and those who rest. */
  private void close() {
    change(
        now -> {
          closing = true;
          line.close(Math.min(now, Math.min(line.end(), pool.stoppedNanos())));
        });
    await(() -> line.granted() == 0 || !supply.isComing());
    Unstarted[] left = new Unstarted[1];
    change(
        now -> {
          dismissed = true;
          untold += takeDropped();
          left[0] = line.leave();
        });
    tellDropped();
    if (left[0].count() > 0 && !isRehearsal(line)) {
      pool.unstarted(left[0].count(), left[0].longestWait());
    }
  }

  /** A user waits for its next start; the iteration before, if there was one, is over. */
  void rest(OpenUser user) {
    change(
        now -> {
          release(user, now);
          arrive(user);
          resting.push(user);
        });
  }

  /** A user is gone, whatever it did last. */
  void left(OpenUser user) {
    change(
        now -> {
          release(user, now);
          arrive(user);
          supply.left();
        });
  }

  private void release(OpenUser user, long now) {
    if (user.serving == line) line.free(now);
    else line.settle(now);
    user.serving = null;
  }

  private void arrive(OpenUser user) {
    if (!user.arrived) supply.came();
    user.arrived = true;
  }

  /** A user that was wanted cannot be made. */
  private void refused() {
    change(
        now -> {
          supply.came();
          supply.left();
        });
  }

  /** How late it is for what should have begun then. */
  long since(long nanos) {
    return pool.now() - nanos;
  }

  /** Counts by how much a start missed its time though a user was free. */
  void error(long nanos) {
    pool.recorder().schedulerError(nanos);
  }

  private void change(LongConsumer step) {
    Consequences consequences;
    lock.lock();
    try {
      step.accept(pool.now());
      consequences = consequences();
    } finally {
      lock.unlock();
    }
    follow(consequences);
  }

  /**
   * What is to be done without the lock.
   *
   * @param chosen a row of users to be woken
   * @param wanted how many users to make
   * @param late whether the first arrival had to wait
   * @param wakes whether the dispatcher has something to do
   */
  private record Consequences(@Nullable OpenUser chosen, int wanted, boolean late, boolean wakes) {}

  private Consequences consequences() {
    OpenUser chosen = resting.serve(line, dismissed);
    boolean late = line.isEverLate() && !warned;
    boolean wakes = asleep && (closing || !line.isFull());
    if (Thread.currentThread() == dispatcher) wakes = false;
    if (late) warned = true;
    if (wakes) asleep = false;
    return new Consequences(chosen, supply.wanted(needed(), resting.count()), late, wakes);
  }

  private int needed() {
    return line.granted() + (closing || isRehearsal(line) ? 0 : supply.spares());
  }

  private void follow(Consequences consequences) {
    OpenUser.wakeAll(consequences.chosen);
    if (consequences.wakes) LockSupport.unpark(dispatcher);
    supply.make(consequences.wanted, this::refused);
    if (consequences.late) supply.later(this::warn);
  }

  private void warn() {
    LOG.log(
        Level.WARNING,
        "an arrival found all users ({0}) busy and starts late; its response time counts from when"
            + " it was to start, and so it goes with all who follow; if the server is to face more at"
            + " once, raise maxUsers (max_users), else lower the rate, or have such arrivals dropped by"
            + " overflow",
        maxUsers);
  }
}
