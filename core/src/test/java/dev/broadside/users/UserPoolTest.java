package dev.broadside.users;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.broadside.metrics.Measurement;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(90)
class UserPoolTest {
  private static final Duration BOUND = ofSeconds(30);

  private final Queue<Measurement> results = new ConcurrentLinkedQueue<>();

  private UserPool.Builder pool(Transaction transaction) {
    return UserPool.builder(user -> transaction, results::add);
  }

  private static void awaitThat(String what, BooleanSupplier happened) {
    long deadline = System.nanoTime() + BOUND.toNanos();
    while (!happened.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) throw new AssertionError("never happened: " + what);
      LockSupport.parkNanos(500_000);
    }
  }

  /** A pool that runs on a thread of its own, until it is stopped. */
  private static final class Running implements AutoCloseable {
    private final UserPool pool;
    private final CompletableFuture<@Nullable Void> end;

    Running(UserPool pool) {
      this.pool = pool;
      end = new CompletableFuture<>();
      Thread thread =
          new Thread(
              () -> {
                try {
                  pool.run();
                  end.complete(null);
                } catch (Throwable e) {
                  end.completeExceptionally(e);
                }
              },
              "pool-of-test");
      thread.setDaemon(true);
      thread.start();
    }

    void awaitEnd() throws Exception {
      try {
        end.get(BOUND.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        throw new AssertionError("the pool still runs after " + BOUND, e);
      }
    }

    @Override
    public void close() throws Exception {
      pool.stop();
      awaitEnd();
    }
  }

  private static void pauseBriefly(TransactionContext context) throws InterruptedException {
    Thread.sleep(1); // the user's work
  }

  private static void interruptibly(CountDownLatch entered) throws InterruptedException {
    entered.countDown();
    new CountDownLatch(1).await();
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    while (latch.getCount() > 0) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        // ignored on purpose
      }
    }
  }

  @Test
  void run_startsEveryUserAndEndsThem() throws Exception {
    Set<Integer> numbers = ConcurrentHashMap.newKeySet();
    UserPool pool =
        pool(context -> {
              numbers.add(context.userNumber());
              pauseBriefly(context);
            })
            .profile(LoadProfile.users(20))
            .build();
    try (Running running = new Running(pool)) {
      awaitThat("20 users ran", () -> numbers.size() == 20);
      assertThat(pool.active()).isEqualTo(20);
      pool.stop();
      running.awaitEnd();
    }
    assertThat(numbers)
        .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, 20).boxed().toList());
    assertThat(pool.active()).isZero();
    assertThat(pool.abandoned()).isZero();
    assertThat(results).noneMatch(Measurement::failed);
  }

  @Test
  void run_givesEveryUserItsOwnTransaction() throws Exception {
    Set<Object> made = ConcurrentHashMap.newKeySet();
    UserPool pool =
        UserPool.builder(
                user ->
                    new Transaction() {
                      @Override
                      public void run(TransactionContext context) throws Exception {
                        made.add(this);
                        pauseBriefly(context);
                      }
                    },
                results::add)
            .profile(LoadProfile.users(10))
            .build();
    try (Running running = new Running(pool)) {
      awaitThat("each ran", () -> made.size() >= 10);
      assertThat(running.end).isNotDone();
    }
    assertThat(made).hasSize(10);
  }

  @Test
  void run_handsSettingsAndContextToTheUsers() throws Exception {
    CompletableFuture<TransactionContext> seen = new CompletableFuture<>();
    UserPool pool =
        pool(context -> {
              seen.complete(context);
              pauseBriefly(context);
            })
            .group("navigation")
            .settings(Map.of("url", "http://target"))
            .runContext(Map.of("seed", 42))
            .build();
    try (Running running = new Running(pool)) {
      TransactionContext context = seen.get(BOUND.toSeconds(), TimeUnit.SECONDS);
      assertThat(context.userNumber()).isEqualTo(1);
      assertThat(context.group()).isEqualTo("navigation");
      assertThat(context.settings()).containsExactly(Map.entry("url", "http://target"));
      assertThat(context.runContext()).containsExactly(Map.entry("seed", 42));
      assertThat(running.end).isNotDone();
    }
    assertThat(results).extracting(Measurement::group).containsOnly("navigation");
  }

  @Test
  void run_startsUsersAsTheRampUpDemands() throws Exception {
    Map<Integer, Long> firstStarts = new ConcurrentHashMap<>();
    UserPool pool =
        UserPool.builder(
                user -> {
                  long now = System.nanoTime();
                  firstStarts.putIfAbsent(user.number(), now);
                  return UserPoolTest::pauseBriefly;
                },
                results::add)
            .profile(LoadProfile.closed().rampTo(10, ofSeconds(1)))
            .startNanos(System.nanoTime())
            .build();
    long start = pool.settings.startNanos;
    try (Running running = new Running(pool)) {
      awaitThat("all have started", () -> firstStarts.size() == 10);
      assertThat(running.end).isNotDone();
    }
    for (int i = 0; i < 10; i++) {
      // never early; late only as far as a busy machine may be
      assertThat(firstStarts.get(i + 1) - start)
          .as("start of user %s", i + 1)
          .isBetween(ofMillis(100 * i).toNanos(), ofMillis(100 * i + 1_000).toNanos());
    }
  }

  @Test
  void run_startsUsersWhoAreOverdueAtOnce() throws Exception {
    HandClock clock = new HandClock();
    Set<Integer> started = ConcurrentHashMap.newKeySet();
    UserPool pool =
        UserPool.builder(
                user -> {
                  started.add(user.number());
                  return UserPoolTest::pauseBriefly;
                },
                results::add)
            .profile(LoadProfile.closed().rampTo(4, ofSeconds(4_000)))
            .clock(clock)
            .startNanos(clock.getAsLong() - ofSeconds(2_000).toNanos())
            .build();
    try (Running running = new Running(pool)) {
      awaitThat("those due have started", () -> started.size() >= 3);
      assertThat(pool.active()).isEqualTo(3); // at 0 s, 1,000 s, 2,000 s
      assertThat(running.end).isNotDone();
    }
    assertThat(started).containsExactlyInAnyOrder(1, 2, 3);
  }

  @Test
  void stop_endsTheRampUp() throws Exception {
    UserPool pool =
        pool(UserPoolTest::pauseBriefly)
            .profile(LoadProfile.closed().rampTo(2, ofSeconds(1_000)))
            .build();
    try (Running running = new Running(pool)) {
      awaitThat("the first one runs", () -> !results.isEmpty());
      pool.stop();
      running.awaitEnd();
    }
    assertThat(pool.active()).isZero();
  }

  @Test
  void stop_beforeTheRunStartsNobody() throws Exception {
    AtomicInteger made = new AtomicInteger();
    UserPool pool =
        UserPool.builder(
                user -> {
                  made.incrementAndGet();
                  return context -> {};
                },
                results::add)
            .profile(LoadProfile.users(5))
            .build();
    pool.stop();
    new Running(pool).awaitEnd();
    assertThat(made).hasValue(0);
    assertThat(results).isEmpty();
  }

  @Test
  void stop_letsAnIterationFinishWithinItsGrace() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    UserPool pool =
        pool(context -> {
              entered.countDown();
              leave.await();
            })
            .grace(BOUND)
            .build();
    try (Running running = new Running(pool)) {
      assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
      pool.stop();
      leave.countDown();
      running.awaitEnd();
    }
    assertThat(results).hasSize(1).noneMatch(Measurement::failed);
    assertThat(pool.abandoned()).isZero();
  }

  @Test
  void stop_interruptsAfterTheGrace() throws Exception {
    CountDownLatch entered = new CountDownLatch(5);
    UserPool pool =
        pool(context -> interruptibly(entered))
            .profile(LoadProfile.users(5))
            .grace(ofMillis(50))
            .abandonAfter(BOUND)
            .build();
    try (Running running = new Running(pool)) {
      assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
      long since = System.nanoTime();
      pool.stop();
      running.awaitEnd();
      assertThat(System.nanoTime() - since).isGreaterThan(ofMillis(45).toNanos());
    }
    assertThat(results)
        .hasSize(5)
        .extracting(Measurement::error)
        .containsOnly("java.lang.InterruptedException");
    assertThat(pool.abandoned()).isZero();
  }

  @Test
  void stop_withoutGraceInterruptsAtOnce() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    UserPool pool =
        pool(context -> interruptibly(entered)).grace(Duration.ZERO).abandonAfter(BOUND).build();
    try (Running running = new Running(pool)) {
      assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
      pool.stop();
      running.awaitEnd();
    }
    assertThat(results).hasSize(1);
  }

  @Test
  void stop_tearsDownAndClosesWhatItInterrupts() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    Queue<String> calls = new ConcurrentLinkedQueue<>();
    class Tidy implements Transaction, AutoCloseable {
      @Override
      public void run(TransactionContext context) throws Exception {
        interruptibly(entered);
      }

      @Override
      public void tearDown(TransactionContext context) {
        calls.add("tearDown");
      }

      @Override
      public void close() {
        calls.add("close");
      }
    }
    UserPool pool = pool(new Tidy()).grace(Duration.ZERO).abandonAfter(BOUND).build();
    try (Running running = new Running(pool)) {
      assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
      pool.stop();
      running.awaitEnd();
    }
    assertThat(calls).containsExactly("tearDown", "close");
  }

  @Test
  void stop_abandonsWhoIgnoresTheInterrupt() throws Exception {
    CountDownLatch entered = new CountDownLatch(4);
    CountDownLatch leave = new CountDownLatch(1);
    UserPool pool =
        pool(context -> {
              entered.countDown();
              if (context.userNumber() == 3) interruptibly(entered);
              awaitUninterruptibly(leave);
            })
            .profile(LoadProfile.users(3))
            .grace(ofMillis(20))
            .abandonAfter(ofMillis(200))
            .build();
    try (Running running = new Running(pool)) {
      assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
      pool.stop();
      running.awaitEnd();
      assertThat(pool.abandoned()).isEqualTo(2);
      assertThat(pool.active()).isEqualTo(2);
    } finally {
      leave.countDown();
    }
    awaitThat("they end by themselves", () -> pool.active() == 0);
  }

  @Test
  void stop_endsThePauseOfAFactoryThatFails() throws Exception {
    UserPool pool =
        UserPool.builder(
                user -> {
                  throw new IllegalStateException("no licence");
                },
                results::add)
            .profile(LoadProfile.users(3))
            .build();
    try (Running running = new Running(pool)) {
      awaitThat("each has tried", () -> results.size() == 3);
      long since = System.nanoTime();
      pool.stop();
      running.awaitEnd();
      assertThat(System.nanoTime() - since).isLessThan(ofMillis(800).toNanos());
    }
    assertThat(results).extracting(Measurement::error).containsOnly("no licence");
  }

  @Test
  void stop_twiceAndFromAUserIsAllowed() throws Exception {
    UserPool[] pool = new UserPool[1];
    pool[0] = pool(context -> pool[0].stop()).build();
    try (Running running = new Running(pool[0])) {
      running.awaitEnd();
    }
    assertThat(results).hasSize(1).noneMatch(Measurement::failed);
  }

  @Test
  void behavior_thatEndsEarlyLeavesThePoolRunning() throws Exception {
    UserPool pool =
        pool(UserPoolTest::pauseBriefly)
            .profile(LoadProfile.users(3))
            .behavior(
                iterations -> {
                  for (int i = 0; i < iterations.user().number(); i++) iterations.next();
                })
            .build();
    try (Running running = new Running(pool)) {
      awaitThat("all have done their part", () -> results.size() == 6 && pool.active() == 0);
      assertThat(running.end).isNotDone();
    }
    assertThat(results).hasSize(6);
  }

  @Test
  void run_thatIsInterruptedStopsItsUsers() throws Exception {
    UserPool pool = pool(UserPoolTest::pauseBriefly).profile(LoadProfile.users(3)).build();
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    Thread owner =
        new Thread(
            () -> {
              try {
                pool.run();
              } catch (IllegalStateException e) {
                thrown.complete(e);
              }
            },
            "owner");
    owner.start();
    awaitThat("they run", () -> pool.active() == 3);
    owner.interrupt();
    assertThat(thrown.get(BOUND.toSeconds(), TimeUnit.SECONDS))
        .hasMessage("interrupted while running virtual users");
    awaitThat("they end", () -> pool.active() == 0);
  }

  @Test
  void threads_areNamedDaemonsWithTheGivenClassLoader() throws Exception {
    Queue<Thread> threads = new ConcurrentLinkedQueue<>();
    Queue<ClassLoader> loaders = new ConcurrentLinkedQueue<>();
    try (URLClassLoader loader = new URLClassLoader(new URL[0])) {
      UserPool pool =
          UserPool.builder(
                  user -> {
                    threads.add(Thread.currentThread());
                    loaders.add(Thread.currentThread().getContextClassLoader());
                    return UserPoolTest::pauseBriefly;
                  },
                  results::add)
              .profile(LoadProfile.users(3))
              .threadName("cannon-navigation")
              .classLoader(loader)
              .build();
      try (Running running = new Running(pool)) {
        awaitThat("all run", () -> threads.size() == 3);
        assertThat(running.end).isNotDone();
      }
      assertThat(threads)
          .allMatch(Thread::isDaemon)
          .extracting(Thread::getName)
          .containsExactlyInAnyOrder(
              "cannon-navigation-1", "cannon-navigation-2", "cannon-navigation-3");
      assertThat(loaders).hasSize(3).containsOnly(loader);
    }
    assertThat(threads).noneMatch(Thread::isAlive);
  }

  @Test
  void threads_inheritTheClassLoaderOfTheRunsThread() throws Exception {
    CompletableFuture<ClassLoader> seen = new CompletableFuture<>();
    UserPool pool =
        UserPool.builder(
                user -> {
                  seen.complete(Thread.currentThread().getContextClassLoader());
                  return UserPoolTest::pauseBriefly;
                },
                results::add)
            .build();
    try (URLClassLoader loader = new URLClassLoader(new URL[0])) {
      Thread owner = new Thread(pool::run, "owner");
      owner.setContextClassLoader(loader);
      owner.setDaemon(true);
      owner.start();
      assertThat(seen.get(BOUND.toSeconds(), TimeUnit.SECONDS)).isSameAs(loader);
      pool.stop();
      owner.join(BOUND.toMillis());
      assertThat(owner.isAlive()).isFalse();
    }
  }

  @Test
  void platform_runs1000Users() throws Exception {
    Set<Integer> numbers = ConcurrentHashMap.newKeySet();
    UserPool pool =
        pool(context -> {
              numbers.add(context.userNumber());
              Thread.sleep(20); // the user's work
            })
            .profile(LoadProfile.users(1_000))
            .threads(UserThreads.PLATFORM)
            .build();
    try (Running running = new Running(pool)) {
      awaitThat("1,000 users ran", () -> numbers.size() == 1_000);
      pool.stop();
      running.awaitEnd();
    }
    assertThat(pool.abandoned()).isZero();
    assertThat(pool.active()).isZero();
  }

  @Test
  void virtual_runs20000Users() throws Exception {
    assumeVirtualIsTheDefault();
    Set<Integer> numbers = ConcurrentHashMap.newKeySet();
    UserPool pool =
        pool(context -> {
              numbers.add(context.userNumber());
              Thread.sleep(200); // the user's work
            })
            .profile(LoadProfile.users(20_000))
            .build();
    assertThat(pool.virtual).isTrue();
    try (Running running = new Running(pool)) {
      awaitThat("20,000 users ran", () -> numbers.size() == 20_000);
      assertThat(pool.active()).isEqualTo(20_000);
      pool.stop();
      running.awaitEnd();
    }
    assertThat(pool.abandoned()).isZero();
    assertThat(pool.active()).isZero();
  }

  @Test
  void virtual_letsUsersThatOnlyComputeTakeTurns() throws Exception {
    assumeVirtualIsTheDefault();
    AtomicInteger[] counts = counts(50);
    UserPool pool =
        pool(context -> {
              long since = System.nanoTime();
              while (System.nanoTime() - since < 200_000) Thread.onSpinWait();
              counts[context.userNumber() - 1].incrementAndGet();
            })
            .profile(LoadProfile.users(50))
            .build();
    try (Running running = new Running(pool)) {
      awaitThat(
          "each of 50 ran 3 times", () -> List.of(counts).stream().allMatch(c -> c.get() >= 3));
      assertThat(running.end).isNotDone();
    }
  }

  @Test
  void virtual_yieldsBetweenEmptyIterationsToo() throws Exception {
    assumeVirtualIsTheDefault();
    AtomicInteger[] counts = counts(50);
    UserPool pool =
        UserPool.builder(
                user -> context -> counts[user.number() - 1].incrementAndGet(), measurement -> {})
            .profile(LoadProfile.users(50))
            .build();
    try (Running running = new Running(pool)) {
      awaitThat("each of 50 ran", () -> List.of(counts).stream().allMatch(c -> c.get() >= 1));
      assertThat(running.end).isNotDone();
    }
  }

  private static AtomicInteger[] counts(int users) {
    return IntStream.range(0, users)
        .mapToObj(i -> new AtomicInteger())
        .toArray(AtomicInteger[]::new);
  }

  private static void assumeVirtualIsTheDefault() {
    assumeTrue(Runtime.version().feature() >= 24, "virtual threads are the default from JDK 24 on");
  }

  @Test
  void automatic_isVirtualFrom24On() {
    assertThat(UserThreads.AUTOMATIC.isVirtual()).isEqualTo(Runtime.version().feature() >= 24);
  }

  @Test
  void virtual_before21IsRefusedWithClearWords() {
    assumeTrue(Runtime.version().feature() < 21, "from JDK 21 on there are virtual threads");
    UserPool pool = pool(context -> {}).threads(UserThreads.VIRTUAL).build();
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(pool::run)
        .withMessage("virtual threads need Java 21 or later; this is " + Runtime.version());
    assertThat(pool.active()).isZero();
  }

  @Test
  void virtual_from21OnCanBeChosen() throws Exception {
    assumeTrue(Runtime.version().feature() >= 21, "before JDK 21 there are no virtual threads");
    CompletableFuture<String> thread = new CompletableFuture<>();
    UserPool pool =
        pool(context -> {
              thread.complete(Thread.currentThread().toString());
              pauseBriefly(context);
            })
            .threads(UserThreads.VIRTUAL)
            .build();
    try (Running running = new Running(pool)) {
      assertThat(thread.get(BOUND.toSeconds(), TimeUnit.SECONDS)).startsWith("VirtualThread");
      assertThat(running.end).isNotDone();
    }
  }

  @Test
  void builder_checksItsValues() {
    UserPool.Builder builder = pool(context -> {});
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.profile(LoadProfile.closed()))
        .withMessage("a profile without stages");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.grace(ofSeconds(-1)))
        .withMessage("grace < 0: PT-1S");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.abandonAfter(ofSeconds(-1)))
        .withMessage("abandonAfter < 0: PT-1S");
    assertThatNullPointerException()
        .isThrownBy(() -> UserPool.builder(null, results::add))
        .withMessage("factory");
    assertThatNullPointerException()
        .isThrownBy(() -> UserPool.builder(user -> context -> {}, null))
        .withMessage("sink");
  }
}
