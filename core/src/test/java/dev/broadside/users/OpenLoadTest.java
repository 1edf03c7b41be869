package dev.broadside.users;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.broadside.metrics.Measurement;
import dev.broadside.metrics.Punctuality;
import dev.broadside.metrics.RunNote;
import dev.broadside.metrics.RunRecorder;
import dev.broadside.metrics.ScheduleFigures;
import dev.broadside.metrics.Starts;
import dev.broadside.metrics.Summary;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(90)
class OpenLoadTest {
  private static final Transaction NOTHING = context -> {};

  /** Takes what a run tells, and checks that it adds up. */
  private static final class Told implements ResultSink {
    final Queue<Measurement> results = new ConcurrentLinkedQueue<>();
    final AtomicLong dropped = new AtomicLong();
    final AtomicLong unstarted = new AtomicLong();

    @Override
    public void accept(Measurement measurement) {
      results.add(measurement);
    }

    @Override
    public void dropped(long count) {
      dropped.addAndGet(count);
    }

    @Override
    public void unstarted(long count, Duration longestWait) {
      unstarted.addAndGet(count);
    }

    UserPool.Builder pool(OpenProfile profile, Transaction transaction) {
      return UserPool.builder(user -> transaction, this).profile(profile);
    }

    Starts run(UserPool pool) {
      pool.run();
      ScheduleFigures figures = pool.schedule();
      Starts starts = figures.starts();
      assertThat(pool.active()).isZero();
      assertThat(results).hasSize((int) (starts.onTime() + starts.late()));
      assertThat(dropped).hasValue(starts.dropped());
      assertThat(unstarted).hasValue(starts.unstarted());
      assertThat(figures.schedulerError().count()).isEqualTo(starts.onTime());
      return starts;
    }

    Summary summary() {
      RunRecorder recorder = RunRecorder.create();
      results.forEach(recorder::record);
      return recorder.all(ofSeconds(10));
    }
  }

  private final Told told = new Told();
  private final Queue<Measurement> results = told.results;

  private UserPool.Builder pool(OpenProfile profile, Transaction transaction) {
    return told.pool(profile, transaction);
  }

  private Starts run(OpenProfile profile, Transaction transaction) {
    return told.run(pool(profile, transaction).build());
  }

  private Starts run(UserPool pool) {
    return told.run(pool);
  }

  @ParameterizedTest
  @EnumSource(
      value = UserThreads.class,
      names = {"AUTOMATIC", "PLATFORM"})
  void constantRate_startsEachAtItsTime(UserThreads threads) {
    OpenProfile profile = LoadProfile.rate(1_000).hold(ofMillis(500));
    Starts starts = run(pool(profile, NOTHING).threads(threads).build());
    assertThat(starts).isEqualTo(new Starts(500, 0, 0, 0, Duration.ZERO));
    long first = results.stream().mapToLong(Measurement::intendedStartNanos).min().orElseThrow();
    assertThat(results.stream().map(result -> result.intendedStartNanos() - first))
        .containsExactlyInAnyOrderElementsOf(
            LongStream.range(0, 500).map(index -> index * 1_000_000).boxed().toList());
    assertThat(results)
        .allMatch(result -> result.startNanos() >= result.intendedStartNanos())
        .allMatch(result -> result.punctuality() == Punctuality.ON_TIME);
  }

  @Test
  void precise_startsNothingBeforeItsTime() {
    Starts starts = run(LoadProfile.rate(1_000).hold(ofMillis(300)).precise(), NOTHING);
    assertThat(starts.onTime()).isEqualTo(300);
    assertThat(results).allMatch(result -> result.startNanos() >= result.intendedStartNanos());
  }

  @Test
  void poisson_tellsItsSeed() {
    OpenProfile profile = LoadProfile.rate(500).hold(ofMillis(200));
    UserPool random = pool(profile.poisson(), NOTHING).build();
    UserPool fixed = pool(profile.poisson(7), NOTHING).build();
    assertThat(run(random).scheduled()).isPositive();
    assertThat(random.seeds()).containsOnlyKeys("arrivals");
    assertThat(fixed.seeds()).containsEntry("arrivals", 7L);
    assertThat(pool(profile, NOTHING).build().seeds()).isEmpty();
  }

  @Test
  void zeroRate_startsNothingAndEnds() {
    assertThat(run(LoadProfile.rate(0).hold(ofMillis(50)), NOTHING)).isEqualTo(Starts.NONE);
  }

  /** A server that, from a moment on, holds every answer back until a second later. */
  private static Transaction stalledFor(long stallMillis) {
    AtomicLong until = new AtomicLong();
    AtomicInteger count = new AtomicInteger();
    return context -> {
      long now = System.nanoTime();
      if (count.incrementAndGet() == 50) until.set(now + ofMillis(stallMillis).toNanos());
      sleepUntil(Math.max(now, until.get()) + ofMillis(1).toNanos());
    };
  }

  private static void sleepUntil(long nanos) {
    for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  /** The same stall in three runs at once. */
  @Test
  void stall_showsWhatEachKindOfLoadTellsOfIt() throws Exception {
    OpenProfile hundred = LoadProfile.rate(100).hold(ofSeconds(10));
    Told unbounded = new Told();
    Told late = new Told();
    Told drop = new Told();
    CompletableFuture<Starts> unboundedEnd = stalled(unbounded, hundred);
    CompletableFuture<Starts> lateEnd = stalled(late, hundred.maxUsers(10));
    CompletableFuture<Starts> dropEnd =
        stalled(drop, hundred.maxUsers(10).overflow(ArrivalOverflow.DROP));

    assertThat(unboundedEnd.get(60, SECONDS)).isEqualTo(new Starts(1_000, 0, 0, 0, Duration.ZERO));
    assertThat(unbounded.summary().response().p(99)) // 901 ms
        .isBetween(ofMillis(850), ofMillis(1_000));
    assertThat(unbounded.summary().service().p(99)).isBetween(ofMillis(850), ofMillis(1_000));

    Starts lates = lateEnd.get(60, SECONDS);
    assertThat(lates.scheduled()).isEqualTo(1_000);
    assertThat(lates.late()).isBetween(80L, 150L); // 90, and those who wait behind them
    assertThat(lates.longestWait()).isBetween(ofMillis(850), ofMillis(1_100));
    assertThat(late.summary().response().p(95)) // 506 ms
        .isBetween(ofMillis(400), ofMillis(650));
    assertThat(late.summary().service().p(95)).isLessThan(ofMillis(100));

    Starts drops = dropEnd.get(60, SECONDS);
    assertThat(drops.scheduled()).isEqualTo(1_000);
    assertThat(drops.dropped()).isBetween(80L, 120L); // 90
    assertThat(drop.summary().response().p(95)).isLessThan(ofMillis(100)); // 1 ms
  }

  private static CompletableFuture<Starts> stalled(Told told, OpenProfile profile) {
    UserPool pool = told.pool(profile, stalledFor(1_000)).build();
    CompletableFuture<Starts> end = new CompletableFuture<>();
    new Thread(
            () -> {
              try {
                end.complete(told.run(pool));
              } catch (Throwable e) {
                end.completeExceptionally(e);
              }
            })
        .start();
    return end;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void anyRun_addsUp(long seed) {
    OpenProfile profile =
        LoadProfile.rate(2_000)
            .hold(ofMillis(150))
            .stepTo(0)
            .hold(ofMillis(20))
            .rampTo(1_000, ofMillis(100))
            .hold(ofMillis(50))
            .maxUsers((int) seed)
            .overflow(seed % 2 == 0 ? ArrivalOverflow.DROP : ArrivalOverflow.LATE)
            .poisson(seed);
    long all = 0;
    Arrivals arrivals = new Arrivals(profile, seed);
    for (; arrivals.next() != Arrivals.NONE; arrivals.advance()) all++;
    Starts starts =
        run(
            profile,
            context ->
                sleepUntil(System.nanoTime() + ThreadLocalRandom.current().nextLong(6_000_000)));
    assertThat(starts.scheduled()).isEqualTo(all);
    assertThat(starts.late() + starts.dropped()).isPositive();
  }

  @Test
  void everyone_isServedByTheUsersThereAre() {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    AtomicInteger busy = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    OpenProfile profile = LoadProfile.rate(1_000).hold(ofMillis(300)).maxUsers(3);
    Starts starts =
        run(
            profile,
            context -> {
              threads.add(Thread.currentThread());
              most.accumulateAndGet(busy.incrementAndGet(), Math::max);
              sleepUntil(System.nanoTime() + 4_000_000);
              busy.decrementAndGet();
            });
    assertThat(threads).hasSize(3);
    assertThat(most).hasValue(3);
    assertThat(starts.late()).isPositive();
    assertThat(starts.unstarted()).isPositive(); // 300 of 4 ms by three users take 400 ms
    assertThat(starts.longestWait()).isPositive();
  }

  @Test
  void iterations_endTheRunWhenAllAreDone() {
    OpenProfile profile = LoadProfile.rate(1_000).iterations(50).maxUsers(2);
    Starts starts = run(profile, context -> sleepUntil(System.nanoTime() + 5_000_000));
    assertThat(starts.scheduled()).isEqualTo(50);
    assertThat(starts.unstarted()).isZero();
    assertThat(results).noneMatch(Measurement::failed);
  }

  @Test
  void stop_leavesWhoWaitsUnstarted() throws Exception {
    CountDownLatch busy = new CountDownLatch(2);
    UserPool pool =
        pool(
                LoadProfile.rate(500).maxUsers(2),
                context -> {
                  busy.countDown();
                  new CountDownLatch(1).await(); // until it is interrupted
                })
            .grace(ofMillis(50))
            .build();
    stopWhen(pool, busy);
    Starts starts = run(pool);
    assertThat(starts.onTime()).isEqualTo(2);
    assertThat(starts.late()).isZero();
    assertThat(starts.unstarted()).isPositive();
    assertThat(starts.longestWait()).isPositive();
  }

  private static void stopWhen(UserPool pool, CountDownLatch latch) {
    Thread stopper =
        new Thread(
            () -> {
              try {
                if (latch.await(30, SECONDS)) Thread.sleep(50);
                pool.stop();
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
            });
    stopper.setDaemon(true);
    stopper.start();
  }

  @Test
  void stop_letsIdleUsersLeaveAtOnce() throws Exception {
    CountDownLatch ran = new CountDownLatch(1);
    UserPool pool =
        pool(LoadProfile.rate(1), context -> ran.countDown()).grace(ofSeconds(60)).build();
    stopWhen(pool, ran);
    Starts starts = run(pool);
    assertThat(starts.unstarted()).isZero();
  }

  @Test
  void stop_inMidRun_losesNothing() {
    for (int i = 0; i < 20; i++) {
      Told told = new Told();
      CountDownLatch ran = new CountDownLatch(20 + i);
      UserPool pool =
          told.pool(LoadProfile.rate(5_000).maxUsers(1 + i % 3), context -> ran.countDown())
              .build();
      Thread stopper =
          new Thread(
              () -> {
                try {
                  ran.await();
                } catch (InterruptedException e) {
                  throw new AssertionError(e);
                }
                pool.stop();
              });
      stopper.start();
      Starts starts = told.run(pool);
      assertThat(starts.scheduled()).isGreaterThanOrEqualTo(20);
    }
  }

  @Test
  void users_mayLeaveAndAreReplaced() {
    UserBehavior twoEach =
        iterations -> {
          for (int i = 0; i < 2; i++) if (!iterations.next()) return;
        };
    Set<Integer> numbers = ConcurrentHashMap.newKeySet();
    UserPool pool =
        pool(
                LoadProfile.rate(500).hold(ofMillis(200)).maxUsers(3),
                context -> numbers.add(context.userNumber()))
            .behavior(twoEach)
            .build();
    assertThat(run(pool).scheduled()).isEqualTo(100);
    assertThat(numbers).hasSizeGreaterThan(20);
  }

  @Test
  void constructors_delayNoArrival() {
    UserPool pool =
        UserPool.builder(
                user -> {
                  sleepUntil(System.nanoTime() + ofMillis(100).toNanos());
                  return NOTHING;
                },
                told)
            .profile(LoadProfile.rate(100).hold(ofMillis(300)))
            .build();
    assertThat(run(pool).onTime()).isEqualTo(30);
    assertThat(pool.schedule().schedulerError().max()).isLessThan(ofMillis(90));
  }

  @Test
  void failingConstructors_failTheArrivals() {
    UserPool pool =
        UserPool.builder(
                user -> {
                  throw new IllegalStateException("no such server");
                },
                told)
            .profile(LoadProfile.rate(10).hold(ofMillis(300)))
            .grace(ofMillis(10))
            .build();
    pool.run();
    assertThat(results).hasSize(3).allMatch(Measurement::failed);
    assertThat(pool.schedule().starts().scheduled()).isEqualTo(3);
  }

  @Test
  void usersWhoNeverComeBack_areInTheAccount() throws Exception {
    CountDownLatch mercy = new CountDownLatch(1);
    AtomicInteger begun = new AtomicInteger();
    List<Measurement> lost = new CopyOnWriteArrayList<>();
    ResultSink sink =
        new ResultSink() {
          @Override
          public void accept(Measurement measurement) {
            results.add(measurement);
          }

          @Override
          public void abandoned(Measurement measurement) {
            lost.add(measurement);
          }
        };
    Transaction sometimesDeaf =
        context -> {
          if (begun.incrementAndGet() % 5 == 0) Deaf.await(mercy);
        };
    UserPool pool =
        UserPool.builder(user -> sometimesDeaf, sink)
            .threads(UserThreads.PLATFORM)
            .profile(LoadProfile.rate(100).hold(ofMillis(200)))
            .grace(ofMillis(10))
            .abandonAfter(ofMillis(10))
            .build();
    try {
      pool.run();
      assertThat(pool.schedule().starts().scheduled()).isEqualTo(20);
      assertThat(results).hasSize(16);
      assertThat(lost)
          .hasSize(4)
          .allSatisfy(each -> assertThat(each.error()).startsWith("abandoned: "))
          .allMatch(each -> each.serviceNanos() > 0);
    } finally {
      mercy.countDown();
    }
    while (pool.active() > 0) Thread.onSpinWait();
    assertThat(results).as("what comes too late counts nowhere").hasSize(16);
  }

  @Test
  void stop_beforeTheBeginning_beginsNothing() {
    UserPool pool = pool(LoadProfile.rate(1_000), NOTHING).build();
    pool.stop();
    assertThat(run(pool)).isEqualTo(Starts.NONE);
    assertThat(results).isEmpty();
  }

  @Test
  void interruptsOfUsers_disturbNoOther() {
    OpenProfile profile = LoadProfile.rate(500).hold(ofMillis(200));
    Starts starts = run(profile, context -> Thread.currentThread().interrupt());
    assertThat(starts).isEqualTo(new Starts(100, 0, 0, 0, Duration.ZERO));
  }

  @Test
  void endRun_endsIt() {
    UserPool pool =
        pool(
                LoadProfile.rate(500),
                context -> {
                  if (results.size() >= 20) throw new EndRunException("no data left", false);
                })
            .build();
    pool.run();
    assertThat(pool.notes()).extracting(note -> note.text()).contains("no data left");
    assertThat(pool.active()).isZero();
  }

  @Test
  void refusedThread_endsTheRunAndSaysHowManyThereWere() {
    AtomicInteger asked = new AtomicInteger();
    UserPool pool =
        pool(LoadProfile.rate(1_000), context -> sleepUntil(System.nanoTime() + 50_000_000))
            .threadStarter(
                thread -> {
                  if (asked.incrementAndGet() > 15) throw new OutOfMemoryError("no thread");
                  thread.start();
                })
            .build();
    pool.run();
    assertThat(pool.notes())
        .contains(new RunNote("the system refused a thread: 15 users run", true));
    assertThat(pool.active()).isZero();
  }

  @Test
  void interruptOfTheDriver_endsTheRun() {
    Thread driver = Thread.currentThread();
    UserPool pool = pool(LoadProfile.rate(1_000), context -> driver.interrupt()).build();
    assertThatIllegalStateException().isThrownBy(pool::run).withMessageContaining("interrupted");
    boolean unused = Thread.interrupted(); // a second one
    assertThat(pool.active()).isZero();
  }

  @Test
  void threads_areGoneAfterwards() {
    UserPool pool =
        pool(LoadProfile.rate(100).hold(ofMillis(50)), NOTHING).threadName("gone").build();
    run(pool);
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .noneMatch(name -> name.startsWith("gone"));
  }

  @Test
  void late_isToldOnce() {
    List<String> warnings = new CopyOnWriteArrayList<>();
    OpenProfile profile = LoadProfile.rate(1_000).iterations(30).maxUsers(1);
    try (Warnings ignored = new Warnings(OpenLoad.class, warnings)) {
      run(profile, context -> sleepUntil(System.nanoTime() + 3_000_000));
    }
    assertThat(warnings).singleElement().asString().contains("all users (1) busy", "maxUsers");
  }

  @Test
  void tardyDispatcher_isToldInLogAndNotes() {
    List<String> warnings = new CopyOnWriteArrayList<>();
    UserPool pool =
        pool(LoadProfile.rate(1_000).hold(ofMillis(200)), NOTHING)
            .park(nanos -> LockSupport.parkNanos(nanos + 20_000_000))
            .build();
    try (Warnings ignored = new Warnings(UserPool.class, warnings)) {
      run(pool);
    }
    assertThat(pool.notes())
        .singleElement()
        .satisfies(note -> assertThat(note.failure()).isFalse())
        .extracting(RunNote::text)
        .asString()
        .contains("the generator did not keep up", "garbage collections", "CPU");
    assertThat(warnings).containsExactly(pool.notes().get(0).text());
  }

  /** Listens to what one class logs. */
  private static final class Warnings extends Handler implements AutoCloseable {
    private final Logger logger;
    private final List<String> texts;

    Warnings(Class<?> source, List<String> texts) {
      this.logger = Logger.getLogger(source.getName());
      this.texts = texts;
      logger.addHandler(this);
    }

    @Override
    public void publish(LogRecord entry) {
      texts.add(new SimpleFormatter().formatMessage(entry));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
      logger.removeHandler(this);
    }
  }
}
