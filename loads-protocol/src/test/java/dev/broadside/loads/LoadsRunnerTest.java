package dev.broadside.loads;

import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.broadside.loads.testing.StrictReceiver;
import dev.broadside.messaging.Account;
import dev.broadside.users.EndRunException;
import dev.broadside.users.IntendedStarts;
import dev.broadside.users.LoadProfile;
import dev.broadside.users.Transaction;
import dev.broadside.users.TransactionContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoadsRunnerTest {
  private StrictReceiver receiver;

  @BeforeEach
  void listen() {
    receiver = StrictReceiver.onTcp();
  }

  @AfterEach
  void end() {
    receiver.close();
  }

  @Test
  void hits_areCounted_eachWithItsNumber() {
    LoadsRun run = hits(3).test("shop.pay", reporter -> {}).build().run();
    StrictReceiver.Verdict verdict = receiver.awaitMessages(9);
    assertThat(run)
        .isEqualTo(new LoadsRun(3, 0, 0, new Account(9, 9, 0, 0, 0), null, null, HitStarts.NONE));
    assertThat(run.isClean()).isTrue();
    assertThat(verdict.violations()).isEmpty();
    assertThat(verdict.unfinished()).isEmpty();
    for (int hit = 1; hit <= 3; hit++) {
      assertThat(verdict.countWithStatus("addSuccess", 3, 1, hit, 1)).isEqualTo(1);
    }
  }

  @Test
  void durations_repeatUntilTheyAreOver() {
    long since = System.nanoTime();
    LoadsRun run = duration(1).test("nap", reporter -> Thread.sleep(30)).build().run();
    Duration took = Duration.ofNanos(System.nanoTime() - since);
    StrictReceiver.Verdict verdict = receiver.awaitMessages(3 * run.hits());
    assertThat(run.hits()).isBetween(3L, 34L);
    assertThat(run.stopped()).isNull();
    assertThat(took).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(10));
    assertThat(verdict.countWithStatus("startTest", 0, 1, 3, 1)).isEqualTo(1);
    assertThat(verdict.unfinished()).isEmpty();
  }

  @Test
  void aDurationOfNothing_isOneHit() {
    assertThat(duration(0).test("t", reporter -> {}).build().run().hits()).isEqualTo(1);
  }

  @Test
  void whatIsThrown_becomesAFailureOrAnError() {
    LoadsRun run =
        hits(1)
            .test("assertion", reporter -> assertThat(1).isEqualTo(2))
            .test("exception", reporter -> Integer.parseInt("x"))
            .test("overflow", reporter -> overflow(0))
            .test("good", reporter -> reporter.incrCounter("good", "sold"))
            .build()
            .run();
    StrictReceiver.Verdict verdict = receiver.awaitMessages(13);
    assertThat(verdict.violations()).isEmpty();
    assertThat(verdict.unfinished()).isEmpty();
    assertThat(verdict.count("addFailure", "assertion")).isEqualTo(1);
    assertThat(verdict.count("addError", "exception")).isEqualTo(1);
    assertThat(verdict.count("addError", "overflow")).isEqualTo(1);
    assertThat(verdict.count("addSuccess", "good")).isEqualTo(1);
    assertThat(verdict.counter("sold")).isEqualTo(1);
    assertThat(run.failures()).isEqualTo(1);
    assertThat(run.errors()).isEqualTo(2);
    assertThat(run.isClean()).isFalse();
  }

  private static int overflow(int depth) {
    return depth < 0 ? 0 : overflow(depth + 1) + 1; // for all that the compiler knows, it may end
  }

  @Test
  void transactions_areSetUpRunAndTornDown_theFirstFailureCounts() {
    List<String> calls = Collections.synchronizedList(new ArrayList<>());
    LoadsRun run =
        hits(3).transaction("t", () -> new Recorded(calls)).grace(Duration.ZERO).build().run();
    assertThat(calls)
        .containsExactly(
            "made",
            "setUp 1",
            "run 1",
            "tearDown 1",
            "setUp 2",
            "tearDown 2",
            "setUp 3",
            "run 3",
            "tearDown 3",
            "closed");
    StrictReceiver.Verdict verdict = receiver.awaitMessages(9);
    assertThat(verdict.countWithStatus("addFailure", 3, 1, 2, 1)).isEqualTo(1);
    assertThat(verdict.countWithStatus("addError", 3, 1, 3, 1)).isEqualTo(1);
    assertThat(run.failures()).isEqualTo(1);
    assertThat(run.errors()).isEqualTo(1);
    assertThat(errorOf("addFailure")).isEqualTo("setUp");
    assertThat(errorOf("addError")).isEqualTo("run");
  }

  private String errorOf(String dataType) {
    for (JsonNode frame : receiver.frames()) {
      if (frame.get("data_type").textValue().equals(dataType)) {
        return frame.get("exc_info").get(1).textValue();
      }
    }
    throw new AssertionError("no " + dataType);
  }

  /** Fails in the second iteration's setUp and in the third's run and tearDown. */
  private static final class Recorded implements Transaction, AutoCloseable {
    private final List<String> calls;
    private int iteration;

    Recorded(List<String> calls) {
      this.calls = calls;
      calls.add("made");
    }

    @Override
    public void setUp(TransactionContext context) {
      calls.add("setUp " + ++iteration);
      if (iteration == 2) throw new AssertionError("setUp");
    }

    @Override
    public void run(TransactionContext context) {
      calls.add("run " + iteration);
      if (iteration == 3) throw new IllegalStateException("run");
    }

    @Override
    public void tearDown(TransactionContext context) {
      calls.add("tearDown " + iteration);
      if (iteration == 3) throw new IllegalStateException("tearDown");
    }

    @Override
    public void close() {
      calls.add("closed");
    }
  }

  @Test
  void transactionsThatCannotBeMade_areErrorsOfTheirHits() {
    AtomicInteger attempts = new AtomicInteger();
    LoadsRun run =
        hits(2)
            .transaction(
                "t",
                user -> {
                  if (attempts.incrementAndGet() == 1) throw new IllegalStateException("not yet");
                  return context -> {};
                })
            .build()
            .run();
    assertThat(run.hits()).isEqualTo(2);
    assertThat(run.errors()).isEqualTo(1);
    assertThat(receiver.awaitMessages(6).unfinished()).isEmpty();
  }

  @Test
  void objectsOfAUser_areSharedByItsHits_andClosedAtTheEnd() {
    List<String> calls = Collections.synchronizedList(new ArrayList<>());
    AtomicInteger made = new AtomicInteger();
    LoadsRun run =
        hits(3)
            .transaction(
                "t",
                () ->
                    context -> {
                      AutoCloseable cart =
                          context.perUser(
                              AutoCloseable.class,
                              () -> {
                                made.incrementAndGet();
                                return () -> calls.add("closed");
                              });
                      assertThat(cart).isNotNull();
                      calls.add("hit");
                    })
            .build()
            .run();
    assertThat(run.hits()).isEqualTo(3);
    assertThat(made).hasValue(1);
    assertThat(calls).containsExactly("hit", "hit", "hit", "closed");
  }

  @Test
  void failure_thatIsToldAndNotThrown_isAFailure() {
    LoadsRun run =
        hits(1)
            .transaction(
                "t",
                () ->
                    context -> {
                      context.fail("status 500");
                      throw new IllegalStateException("and then this");
                    })
            .build()
            .run();
    assertThat(run.failures()).isEqualTo(1);
    assertThat(run.errors()).isZero();
    assertThat(receiver.awaitMessages(3).unfinished()).isEmpty();
    assertThat(errorOf("addFailure")).isEqualTo("status 500");
  }

  @Test
  void timers_becomeHits() {
    LoadsRunner.Builder runner = hits(1).transaction("t", LoadsRunnerTest::timed);
    LoadsRun unused = runner.build().run();
    StrictReceiver.Verdict verdict = receiver.awaitMessages(5);
    assertThat(verdict.violations()).isEmpty();
    assertThat(verdict.hits("timer:log%20in")).isEqualTo(1);
    assertThat(verdict.hits("http://shop/")).isEqualTo(1);
    JsonNode hit = receiver.frames().get(1);
    assertThat(hit.get("method").textValue()).isEqualTo("TIMER");
    assertThat(hit.get("status").intValue()).isEqualTo(200);
    assertThat(hit.get("elapsed").doubleValue()).isEqualTo(0.25);
  }

  @Test
  void timers_becomeCountersOrNothing() {
    for (TimersAs as : List.of(TimersAs.COUNTERS, TimersAs.NOTHING)) {
      LoadsRun unused = hits(1).transaction("t", LoadsRunnerTest::timed).timersAs(as).build().run();
    }
    StrictReceiver.Verdict verdict = receiver.awaitMessages(8);
    assertThat(verdict.messages()).isEqualTo(8);
    assertThat(verdict.counter("log in")).isEqualTo(1);
    assertThat(verdict.count("add_hit")).isZero();
  }

  private static Transaction timed() {
    return context -> {
      context.addTime("log in", Duration.ofMillis(250));
      context.addTime("http://shop/", Duration.ofMillis(1));
    };
  }

  @Test
  void suites_reportThemselves_andWhatTheyThrowIsReported() {
    LoadsSuite suite =
        reporter -> {
          reporter.startTest("inner");
          reporter.addSuccess("inner");
          reporter.stopTest("inner");
          throw new IllegalStateException("broken");
        };
    LoadsRun run = hits(1).suite("outer", suite).build().run();
    StrictReceiver.Verdict verdict = receiver.awaitMessages(6);
    assertThat(verdict.unfinished()).isEmpty();
    assertThat(verdict.count("addSuccess", "inner")).isEqualTo(1);
    assertThat(verdict.count("addError", "outer")).isEqualTo(1);
    assertThat(run.errors()).isEqualTo(1);
  }

  @Test
  void stop_letsTheTestEndWithinItsGrace() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    LoadsRunner runner =
        hits(5)
            .test(
                "t",
                reporter -> {
                  begun.countDown();
                  go.await();
                })
            .grace(Duration.ofSeconds(20))
            .build();
    Running running = new Running(runner);
    begun.await();
    runner.stop("enough");
    go.countDown();
    LoadsRun run = running.await();
    assertThat(run)
        .isEqualTo(
            new LoadsRun(1, 0, 0, new Account(3, 3, 0, 0, 0), "enough", null, HitStarts.NONE));
    assertThat(receiver.awaitMessages(3).count("addSuccess")).isEqualTo(1);
  }

  @Test
  void stop_interruptsATestAfterItsGrace_andReportsIt() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    LoadsRunner runner =
        hits(5)
            .test(
                "t",
                reporter -> {
                  begun.countDown();
                  Thread.sleep(1_000_000);
                })
            .grace(Duration.ofMillis(10))
            .build();
    Running running = new Running(runner);
    begun.await();
    long since = System.nanoTime();
    runner.stop("enough");
    runner.stop("more");
    LoadsRun run = running.await();
    assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(Duration.ofSeconds(5));
    assertThat(run.stopped()).isEqualTo("enough");
    assertThat(run.abandoned()).isNull();
    assertThat(run.errors()).isEqualTo(1);
    assertThat(receiver.awaitMessages(3).unfinished()).isEmpty();
    assertThat(errorOf("addError")).isEqualTo("interrupted, since enough");
  }

  @Test
  void stop_abandonsATestThatIgnoresItsInterrupt_andReportsWhereItIs() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    LoadsRunner runner =
        hits(5)
            .test(
                "deaf",
                reporter -> {
                  begun.countDown();
                  awaitWhateverHappens(go);
                })
            .grace(Duration.ofMillis(10))
            .build();
    Running running = new Running(runner);
    begun.await();
    runner.stop("enough");
    LoadsRun run = running.await();
    go.countDown();
    assertThat(run.abandoned()).isEqualTo("deaf");
    assertThat(run.errors()).isEqualTo(1);
    StrictReceiver.Verdict verdict = receiver.awaitMessages(3);
    assertThat(verdict.unfinished()).isEmpty();
    assertThat(verdict.count("addError", "deaf")).isEqualTo(1);
    String traceback = receiver.frames().get(1).get("exc_info").get(2).textValue();
    assertThat(traceback).contains("awaitWhateverHappens");
  }

  private static void awaitWhateverHappens(CountDownLatch go) {
    while (true) {
      try {
        go.await();
        return;
      } catch (InterruptedException e) {
        // deaf
      }
    }
  }

  @Test
  void theEnd_waitsAsLongAsTheReceiverReads() {
    try (StrictReceiver slow = StrictReceiver.onTcp("--rate", "4000")) {
      LoadsRun run =
          runner(slow.environment(10))
              .test("t", reporter -> countTo(1500, reporter))
              .closeTimeout(Duration.ofMillis(1500))
              .build()
              .run();
      assertThat(run.account().unsent()).isZero();
      assertThat(slow.awaitMessages(15_030).counter("sold")).isEqualTo(15_000);
    }
  }

  private static void countTo(int count, LoadsReporter reporter) {
    for (int i = 0; i < count; i++) reporter.incrCounter("t", "sold");
  }

  @Test
  void theEnd_doesNotWaitForAReceiverThatStoppedReading() {
    receiver.pause();
    long since = System.nanoTime();
    LoadsRun run =
        hits(1000)
            .test("t", reporter -> reporter.incrCounter("t", "x".repeat(50_000)))
            .reporter(settings -> settings.capacity(100_000))
            .closeTimeout(Duration.ofMillis(300))
            .build()
            .run();
    assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(Duration.ofSeconds(30));
    assertThat(run.account().unsent()).isPositive();
    assertThat(run.isClean()).isFalse();
  }

  @Test
  void stop_endsTheStayToo() throws Exception {
    CountDownLatch closing = new CountDownLatch(1);
    LoadsSuite suite =
        new LoadsSuite() {
          @Override
          public void run(LoadsReporter reporter) {
            reporter.socketOpen();
          }

          @Override
          public void close() {
            closing.countDown();
          }
        };
    LoadsRunner runner = hits(1).suite("s", suite).stay(Duration.ofDays(1)).build();
    Running running = new Running(runner);
    closing.await();
    assertThat(receiver.awaitMessages(1).count("socket_open")).isEqualTo(1);
    runner.stop("enough");
    assertThat(running.await().account().sent()).isEqualTo(1);
  }

  @Test
  void theLimit_interruptsWhatStillRuns() {
    long since = System.nanoTime();
    LoadsRun run = hits(1).test("t", reporter -> Thread.sleep(1_000_000)).build().run();
    assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(Duration.ofSeconds(10));
    assertThat(run.stopped()).contains("time that Loads gives");
    StrictReceiver.Verdict verdict = receiver.awaitMessages(3);
    assertThat(verdict.count("addError")).isEqualTo(1);
    assertThat(verdict.unfinished()).isEmpty();
  }

  @Test
  void fullQueues_doNotMakeATestDeaf() throws Exception {
    receiver.pause();
    LoadsRunner runner =
        duration(60)
            .test("flood", reporter -> reporter.incrCounter("flood", "x".repeat(10_000)))
            .reporter(settings -> settings.capacity(10).patience(Duration.ofSeconds(60)))
            .grace(Duration.ofMillis(50))
            .build();
    Running running = new Running(runner);
    awaitFull(runner);
    runner.stop("enough");
    LoadsRun run = running.await();
    assertThat(run.abandoned()).isNull();
    Account account = run.account();
    assertThat(account.produced()).isEqualTo(account.sent() + account.unsent());
  }

  /** Until nothing was added for a while. */
  private static void awaitFull(LoadsRunner runner) throws InterruptedException {
    long before = -1;
    for (int round = 0; round < 600; round++) {
      long now = runner.hits();
      if (now > 0 && now == before) return;
      before = now;
      new CountDownLatch(1).await(100, java.util.concurrent.TimeUnit.MILLISECONDS);
    }
    throw new AssertionError("the queue does not fill");
  }

  @Test
  void run_isForOnce_andNeedsATest() {
    LoadsRunner runner = hits(1).test("t", reporter -> {}).build();
    LoadsRun unused = runner.run();
    assertThatThrownBy(runner::run).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> hits(1).build()).hasMessage("a runner needs a test");
  }

  @Test
  void pacing_tellsHitsApartAndCatchesUp() {
    AtomicInteger hit = new AtomicInteger();
    long since = System.nanoTime();
    LoadsRun run =
        hits(5)
            .profile(LoadProfile.closed().pacing(ofMillis(100)))
            .test("t", reporter -> Thread.sleep(hit.incrementAndGet() == 1 ? 250 : 1))
            .build()
            .run();
    Duration took = Duration.ofNanos(System.nanoTime() - since);
    assertThat(took).isGreaterThan(ofMillis(400)); // the fifth is due then, in spite of the first
    assertThat(run.hits()).isEqualTo(5);
    assertThat(run.starts().scheduled()).isEqualTo(5);
    assertThat(run.starts().late()).isBetween(2L, 4L); // those of 100 and 200 ms
    assertThat(run.starts().longestWait()).isGreaterThanOrEqualTo(ofMillis(150));
    assertThat(run.starts().toString()).startsWith("5 scheduled = ").contains(" 0 unstarted");
    assertThat(run.isClean()).isTrue();
  }

  @Test
  void pacing_countsWhatADurationLeftUnstarted() {
    LoadsRun run =
        duration(1)
            .profile(LoadProfile.closed().pacing(ofMillis(10)))
            .test("t", reporter -> Thread.sleep(100))
            .build()
            .run();
    assertThat(run.hits()).isBetween(2L, 10L);
    assertThat(run.starts().unstarted()).isGreaterThanOrEqualTo(90);
    assertThat(run.starts().scheduled()).isEqualTo(run.hits() + run.starts().unstarted());
  }

  @Test
  void thinkTime_isNoSchedule() {
    long since = System.nanoTime();
    LoadsRun run =
        hits(3)
            .profile(LoadProfile.closed().thinkTime(ofMillis(100)))
            .test("t", reporter -> {})
            .build()
            .run();
    assertThat(Duration.ofNanos(System.nanoTime() - since)).isGreaterThan(ofMillis(200));
    assertThat(run.hits()).isEqualTo(3);
    assertThat(run.starts()).isEqualTo(HitStarts.NONE);
  }

  @Test
  void sharedStarts_areTakenByOneUserAfterTheOther() throws Exception {
    IntendedStarts arrivals = IntendedStarts.of(LoadProfile.rate(50));
    long since = System.nanoTime();
    List<Running> users = new ArrayList<>();
    for (int user = 0; user < 4; user++) {
      users.add(new Running(hits(5).sharedStarts(arrivals).test("t", reporter -> {}).build()));
    }
    for (Running user : users) assertThat(user.await().hits()).isEqualTo(5);
    Duration took = Duration.ofNanos(System.nanoTime() - since);
    assertThat(took).isBetween(ofMillis(380), ofMillis(10_000)); // the 20th comes then
  }

  @Test
  void sharedStarts_thatAreTooFewLeaveUsersWithoutAHit() {
    IntendedStarts arrivals = IntendedStarts.of(LoadProfile.rate(0.1));
    long unused = arrivals.next(System.nanoTime(), Long.MAX_VALUE); // another user's
    LoadsRun run = duration(1).sharedStarts(arrivals).test("t", reporter -> {}).build().run();
    assertThat(run.hits()).isZero();
    assertThat(run.stopped()).isNull();
    assertThat(run.starts().scheduled()).isZero();
  }

  @Test
  void endOfTheRun_thatATestWishesIsAnErrorAndItsLastHit() {
    AtomicInteger left = new AtomicInteger(2);
    LoadsRun run =
        duration(600)
            .test(
                "t",
                reporter -> {
                  if (left.getAndDecrement() == 0) throw new EndRunException("no more", false);
                })
            .test("last", reporter -> {})
            .build()
            .run();
    assertThat(run.stopped()).isEqualTo("no more");
    assertThat(run.errors()).isEqualTo(1);
    StrictReceiver.Verdict verdict = receiver.awaitMessages(15);
    assertThat(verdict.count("addSuccess", "last")).isEqualTo(2);
    assertThat(verdict.unfinished()).isEmpty();
  }

  @Test
  void stop_endsAWaitForTheNextHit() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    LoadsRunner runner =
        runner(durationOf(600))
            .profile(LoadProfile.closed().pacing(Duration.ofSeconds(500)))
            .test("t", reporter -> begun.countDown())
            .build();
    Running running = new Running(runner);
    begun.await();
    long since = System.nanoTime();
    runner.stop("enough");
    assertThat(running.await().hits()).isEqualTo(1);
    assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void profile_isAPacingOrAThinkTimeOnly() {
    LoadsRunner.Builder builder = hits(1);
    assertThatThrownBy(() -> builder.profile(LoadProfile.rate(5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a process per user cannot follow an open profile; use the resident runner");
    assertThatThrownBy(() -> builder.profile(LoadProfile.users(5).pacing(ofMillis(1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Loads says how many users there are");
    assertThatThrownBy(() -> builder.profile(LoadProfile.closed().iterations(5)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private LoadsRunner.Builder hits(int hits) {
    return runner(receiver.environment(hits));
  }

  private LoadsRunner.Builder duration(int seconds) {
    return runner(durationOf(seconds));
  }

  private Map<String, String> durationOf(int seconds) {
    Map<String, String> variables = new HashMap<>(receiver.environment(1));
    variables.put("LOADS_DURATION", Integer.toString(seconds));
    return variables;
  }

  private static LoadsRunner.Builder runner(Map<String, String> variables) {
    return LoadsRunner.builder(LoadsEnvironment.from(variables))
        .stay(Duration.ZERO)
        .watchProcess(false);
  }

  /** A run on a thread of its own. */
  private static final class Running {
    private final Thread thread;
    private volatile LoadsRun result;

    Running(LoadsRunner runner) {
      thread = new Thread(() -> result = runner.run());
      thread.start();
    }

    LoadsRun await() throws InterruptedException {
      thread.join(60_000);
      if (result == null) throw new AssertionError("the run does not end");
      return result;
    }
  }
}
