package dev.broadside.users;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.broadside.metrics.Measurement;
import dev.broadside.metrics.RunNote;
import dev.broadside.metrics.Starts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whole runs, on the test's own thread where they end by themselves. */
@Timeout(90)
class ClosedLoadTest {
  private static final Duration BOUND = ofSeconds(30);

  private final Queue<Measurement> results = new ConcurrentLinkedQueue<>();

  private UserPool.Builder pool(LoadProfile profile, Transaction transaction) {
    return UserPool.builder(user -> transaction, results::add).profile(profile);
  }

  private static void awaitThat(String what, BooleanSupplier happened) {
    long deadline = System.nanoTime() + BOUND.toNanos();
    while (!happened.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) throw new AssertionError("never happened: " + what);
      LockSupport.parkNanos(500_000);
    }
  }

  private static Thread running(UserPool pool) {
    Thread owner = new Thread(pool::run, "owner");
    owner.setDaemon(true);
    owner.start();
    return owner;
  }

  private static void awaitEnd(Thread owner) throws InterruptedException {
    owner.join(BOUND.toMillis());
    assertThat(owner.isAlive()).as("the run goes on").isFalse();
  }

  /** A run whose clock is moved by hand. */
  private static final class Stage {
    final HandClock clock = new HandClock();
    final UserPool pool;
    final Thread owner;
    private volatile long driverWaits;

    Stage(UserPool.Builder builder) {
      pool = builder.clock(clock).startNanos(clock.getAsLong()).park(this::park).build();
      owner = running(pool);
    }

    private void park(long nanos) {
      if (Thread.currentThread().getName().equals("owner")) driverWaits = nanos;
      LockSupport.parkNanos(nanos);
    }

    void advance(Duration by) {
      clock.advance(by);
      LockSupport.unpark(owner);
    }

    void awaitDriver(Duration waits) {
      awaitThat("the driver waits " + waits, () -> driverWaits == waits.toNanos());
    }
  }

  @Test
  void users_comeAndGoAsTheStagesSay() throws Exception {
    ClosedProfile profile =
        LoadProfile.closed()
            .rampTo(2, ofSeconds(2))
            .hold(ofSeconds(1))
            .spike(5, ofSeconds(1))
            .hold(ofSeconds(1))
            .rampTo(0, ofSeconds(2));
    Stage stage = new Stage(pool(profile, context -> Thread.sleep(1)));
    int[] users = {1, 2, 2, 5, 2, 2, 1}; // at 0 s, 1 s, ...
    for (int level : users) {
      awaitThat(level + " users", () -> stage.pool.active() == level);
      stage.advance(ofSeconds(1));
    }
    awaitEnd(stage.owner);
    assertThat(stage.pool.active()).isZero();
    assertThat(results).noneMatch(Measurement::failed);
  }

  @Test
  void users_thatLeaveAreTheNewest() throws Exception {
    Set<Integer> present = ConcurrentHashMap.newKeySet();
    class Noted implements Transaction, AutoCloseable {
      private final int number;

      Noted(int number) {
        this.number = number;
        present.add(number);
      }

      @Override
      public void run(TransactionContext context) throws Exception {
        Thread.sleep(1); // the user's work
      }

      @Override
      public void close() {
        present.remove(number);
      }
    }
    ClosedProfile profile =
        LoadProfile.users(3).hold(ofSeconds(1)).stepTo(1).hold(ofSeconds(1)).stepTo(2);
    Stage stage =
        new Stage(
            UserPool.builder(user -> new Noted(user.number()), results::add).profile(profile));
    awaitThat("three have come", () -> present.equals(Set.of(1, 2, 3)));
    stage.advance(ofSeconds(1));
    awaitThat("the newest have left", () -> present.equals(Set.of(1)));
    stage.advance(ofSeconds(1));
    awaitThat("a new one has come", () -> present.equals(Set.of(1, 4)));
    stage.pool.stop();
    awaitEnd(stage.owner);
    assertThat(present).isEmpty();
  }

  @Test
  void user_thatLeavesFinishesItsIteration() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    ClosedProfile profile = LoadProfile.users(1).hold(ofSeconds(1)).stepTo(0).hold(ofSeconds(1000));
    Stage stage =
        new Stage(
            pool(
                    profile,
                    context -> {
                      entered.countDown();
                      leave.await();
                    })
                .grace(Duration.ZERO));
    assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
    stage.advance(ofSeconds(500));
    stage.awaitDriver(ofSeconds(501));
    assertThat(stage.pool.active()).isEqualTo(1);
    leave.countDown();
    awaitThat("it has left", () -> stage.pool.active() == 0);
    stage.advance(ofSeconds(501));
    awaitEnd(stage.owner);
    assertThat(results).hasSize(1).noneMatch(Measurement::failed);
  }

  @Test
  void users_thatHaveLeftAreForgotten() throws Exception {
    ClosedProfile profile = LoadProfile.closed();
    for (int i = 0; i < 20; i++) profile = profile.spike(100, ofSeconds(1)).hold(ofSeconds(1));
    Stage stage = new Stage(pool(profile, context -> Thread.sleep(1)));
    for (int i = 0; i < 20; i++) {
      awaitThat("all have come", () -> stage.pool.active() == 100);
      stage.advance(ofSeconds(1));
      awaitThat("all have left", () -> stage.pool.active() == 0);
      stage.advance(ofSeconds(1));
    }
    awaitEnd(stage.owner);
    assertThat(stage.pool.threadsKept()).isLessThan(500); // of 2,000
  }

  @Test
  void profile_endsTheRun() throws Exception {
    Stage stage =
        new Stage(pool(LoadProfile.users(3).hold(ofSeconds(10)), context -> Thread.sleep(1)));
    awaitThat("they run", () -> stage.pool.active() == 3);
    stage.advance(ofSeconds(9));
    assertThat(stage.pool.isStopping()).isFalse();
    stage.advance(ofSeconds(1));
    awaitEnd(stage.owner);
    assertThat(stage.pool.notes()).isEmpty();
  }

  @Test
  void duration_endsTheRunBeforeItsStages() throws Exception {
    ClosedProfile profile =
        LoadProfile.users(1).hold(ofSeconds(5)).stepTo(4).duration(ofSeconds(5));
    Set<Integer> numbers = ConcurrentHashMap.newKeySet();
    Stage stage = new Stage(pool(profile, context -> numbers.add(context.userNumber())));
    awaitThat("one runs", () -> !results.isEmpty());
    stage.advance(ofSeconds(5));
    awaitEnd(stage.owner);
    assertThat(numbers).containsExactly(1);
  }

  @Test
  void iterations_areExactlyThatMany() throws Exception {
    UserPool pool = pool(LoadProfile.users(20).iterations(1_000), context -> {}).build();
    awaitEnd(running(pool));
    assertThat(results).hasSize(1_000);
  }

  @Test
  void iterations_interruptNobody() throws Exception {
    CountDownLatch entered = new CountDownLatch(2);
    CountDownLatch leave = new CountDownLatch(1);
    UserPool pool =
        pool(
                LoadProfile.users(2).iterations(2),
                context -> {
                  entered.countDown();
                  leave.await();
                })
            .grace(Duration.ZERO)
            .abandonAfter(BOUND)
            .build();
    Thread owner = running(pool);
    assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
    awaitThat("the driver waits", () -> owner.getState() == Thread.State.TIMED_WAITING);
    leave.countDown();
    awaitEnd(owner);
    assertThat(results).hasSize(2).noneMatch(Measurement::failed);
    assertThat(pool.abandoned()).isZero();
  }

  @Test
  void iterations_letUsersThatWaitLeaveAtOnce() throws Exception {
    UserPool pool =
        pool(LoadProfile.users(5).pacing(ofSeconds(1_000)).iterations(5), context -> {}).build();
    awaitEnd(running(pool));
    assertThat(results).hasSize(5);
    assertThat(pool.schedule().starts()).isEqualTo(new Starts(5, 0, 0, 0, Duration.ZERO));
  }

  @Test
  void iterationsPerUser_areEachUsersOwn() throws Exception {
    Map<Integer, AtomicInteger> counts = new ConcurrentHashMap<>();
    UserPool pool =
        pool(
                LoadProfile.closed()
                    .rampTo(5, ofMillis(50))
                    .hold(ofSeconds(1_000))
                    .iterationsPerUser(7),
                context ->
                    counts
                        .computeIfAbsent(context.userNumber(), n -> new AtomicInteger())
                        .incrementAndGet())
            .build();
    awaitEnd(running(pool));
    assertThat(counts).hasSize(5).allSatisfy((user, count) -> assertThat(count).hasValue(7));
  }

  @Test
  void stop_letsUsersThatWaitLeaveAtOnce() throws Exception {
    for (LoadProfile profile :
        List.of(
            LoadProfile.users(50).pacing(ofSeconds(1_000)),
            LoadProfile.users(50).pacing(ofSeconds(1_000)).restart(),
            LoadProfile.users(50).thinkTime(ofSeconds(1_000)))) {
      results.clear();
      UserPool pool = pool(profile, context -> {}).grace(BOUND).build();
      Thread owner = running(pool);
      awaitThat("each has run once", () -> results.size() == 50);
      long since = System.nanoTime();
      pool.stop();
      awaitEnd(owner);
      assertThat(System.nanoTime() - since).isLessThan(ofSeconds(2).toNanos());
      assertThat(pool.schedule().starts().unstarted()).isZero();
      assertThat(pool.abandoned()).isZero();
    }
    assertThat(results).hasSize(50);
  }

  @Test
  void interrupt_ofTheDriverEndsTheRunInOrder() throws Exception {
    UserPool pool =
        pool(LoadProfile.users(5).pacing(ofSeconds(1_000), ofSeconds(2_000)), context -> {})
            .grace(BOUND)
            .build();
    Thread owner = new Thread(pool::run, "owner");
    owner.setUncaughtExceptionHandler((thread, e) -> results.clear());
    owner.start();
    awaitThat("each has run once", () -> results.size() == 5);
    owner.interrupt();
    awaitEnd(owner);
    assertThat(results).isEmpty(); // it was told by an exception
    assertThat(pool.active()).isZero();
    assertThat(pool.schedule().starts()).isEqualTo(new Starts(5, 0, 0, 0, Duration.ZERO));
  }

  @Test
  void stopsAndLeavings_areMissedByNobody() throws Exception {
    for (int round = 0; round < 100; round++) {
      ClosedProfile profile =
          LoadProfile.users(8)
              .hold(ofMillis(1))
              .rampTo(2, ofMillis(3))
              .spike(6, ofMillis(1))
              .hold(ofSeconds(1_000))
              .pacing(Duration.ofNanos(1_000 + 5_000L * round), ofMillis(1 + round % 2 * 10_000));
      UserPool pool = pool(profile, context -> {}).grace(BOUND).build();
      Thread owner = running(pool);
      LockSupport.parkNanos(100_000L * (round % 80)); // somewhere in its stages
      pool.stop();
      awaitEnd(owner);
      assertThat(pool.active()).isZero();
      assertThat(pool.abandoned()).isZero();
    }
  }

  @Test
  void end_isNotPutOffByUsersThatAreStillToCome() {
    AtomicLong slow = new AtomicLong();
    UserPool pool =
        UserPool.builder(user -> context -> {}, results::add)
            .profile(LoadProfile.users(10_000).hold(ofMillis(100)))
            .clock(() -> slow.addAndGet(1_000_000)) // each look takes a millisecond
            .startNanos(0)
            .build();
    pool.run();
    assertThat(pool.notes())
        .singleElement()
        .satisfies(note -> assertThat(note.failure()).isFalse())
        .extracting(RunNote::text, as(STRING))
        .startsWith("users did not come as fast as the profile has it: at its end ")
        .endsWith(" had come, and the next was due 100ms before");
  }

  @Test
  void end_letsWhatIsDueBegin() throws Exception {
    Stage stage =
        new Stage(
            pool(LoadProfile.users(3).pacing(ofSeconds(10)).hold(ofSeconds(15)), context -> {}));
    awaitThat("each has run once", () -> results.size() == 3);
    stage.advance(ofSeconds(15)); // the users see nothing of it before the driver does
    awaitEnd(stage.owner);
    assertThat(stage.pool.schedule().starts()).isEqualTo(new Starts(6, 0, 0, 0, Duration.ZERO));
  }

  @Test
  void end_countsWhatWasBehindOnce() throws Exception {
    CountDownLatch entered = new CountDownLatch(3);
    Queue<String> told = new ConcurrentLinkedQueue<>();
    ResultSink sink =
        new ResultSink() {
          @Override
          public void accept(Measurement measurement) {
            results.add(measurement);
          }

          @Override
          public void unstarted(long count, Duration longestWait) {
            told.add(count + " " + longestWait.toSeconds());
          }
        };
    UserPool.Builder builder =
        UserPool.builder(
                user ->
                    context -> {
                      entered.countDown();
                      new CountDownLatch(1).await();
                    },
                sink)
            .profile(LoadProfile.users(3).pacing(ofSeconds(10)).hold(ofSeconds(45)))
            .grace(Duration.ZERO)
            .abandonAfter(BOUND);
    Stage stage = new Stage(builder);
    assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
    stage.advance(ofSeconds(50));
    awaitEnd(stage.owner);
    assertThat(told).containsExactly("12 35"); // 10, 20, 30 and 40 s of each
    assertThat(stage.pool.schedule().starts()).isEqualTo(new Starts(15, 0, 0, 12, ofSeconds(35)));
  }

  @Test
  void leaving_countsWhatTheUserWasBehindWith() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    ClosedProfile profile =
        LoadProfile.users(1)
            .pacing(ofSeconds(10))
            .hold(ofSeconds(25))
            .stepTo(0)
            .hold(ofSeconds(100));
    Stage stage =
        new Stage(
            pool(
                profile,
                context -> {
                  entered.countDown();
                  leave.await();
                }));
    assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
    stage.advance(ofSeconds(25));
    stage.awaitDriver(ofSeconds(100));
    leave.countDown();
    awaitThat("it has left", () -> stage.pool.active() == 0);
    stage.advance(ofSeconds(100));
    awaitEnd(stage.owner);
    assertThat(stage.pool.schedule().starts()).isEqualTo(new Starts(3, 0, 0, 2, ofSeconds(15)));
  }

  @Test
  void endRun_fromARunEndsItWithItsReason() throws Exception {
    assertThat(
            endedBy(
                context -> {
                  if (results.size() >= 10) throw new EndRunException("no records are left", false);
                }))
        .containsExactly(new RunNote("no records are left", false));
    assertThat(results).hasSizeGreaterThanOrEqualTo(10).noneMatch(Measurement::failed);
  }

  @Test
  void endRun_fromASetUpEndsItToo() throws Exception {
    Queue<String> calls = new ConcurrentLinkedQueue<>();
    Transaction transaction =
        new Transaction() {
          @Override
          public void setUp(TransactionContext context) {
            throw new EndRunException("no records are left", true);
          }

          @Override
          public void run(TransactionContext context) {
            calls.add("run");
          }

          @Override
          public void tearDown(TransactionContext context) {
            calls.add("tearDown");
          }
        };
    assertThat(endedBy(transaction)).containsExactly(new RunNote("no records are left", true));
    assertThat(results).isEmpty();
    assertThat(calls).isNotEmpty().containsOnly("tearDown");
  }

  private List<RunNote> endedBy(Transaction transaction) throws InterruptedException {
    UserPool pool = pool(LoadProfile.users(4), transaction).build();
    awaitEnd(running(pool));
    return pool.notes();
  }

  @Test
  void endRun_fromAConstructorEndsItToo() throws Exception {
    UserPool pool =
        UserPool.builder(
                user -> {
                  throw new EndRunException("no licence", true);
                },
                results::add)
            .profile(LoadProfile.users(4).pacing(ofMillis(1)))
            .build();
    awaitEnd(running(pool));
    assertThat(pool.notes()).containsExactly(new RunNote("no licence", true));
    assertThat(results).isEmpty();
    assertThat(pool.schedule().starts()).isEqualTo(Starts.NONE);
  }

  @Test
  void endRun_fromABehaviorEndsItToo() throws Exception {
    UserPool pool =
        pool(LoadProfile.users(2), context -> {})
            .behavior(
                iterations -> {
                  throw new EndRunException("enough", false);
                })
            .build();
    awaitEnd(running(pool));
    assertThat(pool.notes()).containsExactly(new RunNote("enough", false));
    assertThat(results).isEmpty();
  }

  @Test
  void thread_thatTheSystemRefusesEndsTheRun() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    UserPool pool =
        pool(LoadProfile.closed().rampTo(100, ofMillis(100)), context -> Thread.sleep(1))
            .threadStarter(
                thread -> {
                  if (asked.incrementAndGet() > 5)
                    throw new OutOfMemoryError("unable to create native thread");
                  thread.start();
                })
            .build();
    awaitEnd(running(pool));
    assertThat(pool.notes())
        .containsExactly(new RunNote("the system refused a thread: 5 users run", true));
    assertThat(pool.active()).isZero();
  }

  @Test
  void platform_paces1000Users() throws Exception {
    pacesAndStops(1_000, UserThreads.PLATFORM);
  }

  @Test
  void automatic_paces10000UsersWhereTheyAreVirtual() throws Exception {
    assumeTrue(UserThreads.AUTOMATIC.isVirtual(), "virtual threads are the default from JDK 24 on");
    pacesAndStops(10_000, UserThreads.AUTOMATIC);
  }

  private void pacesAndStops(int users, UserThreads threads) throws Exception {
    Set<Integer> numbers = ConcurrentHashMap.newKeySet();
    AtomicInteger count = new AtomicInteger();
    UserPool pool =
        UserPool.builder(
                user -> context -> numbers.add(user.number()), m -> count.incrementAndGet())
            .profile(LoadProfile.users(users).pacing(ofSeconds(1), ofSeconds(3)))
            .threads(threads)
            .grace(BOUND)
            .build();
    Thread owner = running(pool);
    awaitThat("each has run twice", () -> count.get() >= 2 * users);
    assertThat(numbers).containsAll(IntStream.rangeClosed(1, users).boxed().toList());
    pool.stop();
    awaitEnd(owner);
    assertThat(pool.active()).isZero();
    assertThat(pool.abandoned()).isZero();
    Starts starts = pool.schedule().starts();
    assertThat(starts.scheduled()).isEqualTo(count.get() + starts.unstarted());
  }
}
