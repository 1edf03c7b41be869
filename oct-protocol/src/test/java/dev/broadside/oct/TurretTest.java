package dev.broadside.oct;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.broadside.messaging.Account;
import dev.broadside.messaging.ClosedException;
import dev.broadside.messaging.OverflowPolicy;
import dev.broadside.oct.testing.FakeHq;
import dev.broadside.users.Transaction;
import dev.broadside.users.TransactionContext;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class TurretTest {
  private static final Transaction QUICK = context -> pause(2);

  private static void pause(long millis) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(millis); // what the transaction does
  }

  private static Turret.Builder turretFor(FakeHq hq, Transaction transaction) {
    return Turret.builder(() -> transaction)
        .name("navigation")
        .uuid("u-1")
        .headquarters("127.0.0.1", hq.publishPort(), hq.resultsPort());
  }

  private static Turret started(Turret.Builder builder) {
    Turret turret = builder.build();
    turret.start();
    return turret;
  }

  @Test
  void start_reportsReadyThenRunning() {
    try (FakeHq hq = FakeHq.onLoopback();
        Turret turret = started(turretFor(hq, QUICK).cannons(3).rampUp(ofMillis(20)))) {
      hq.awaitSubscriber();
      JsonNode ready = hq.next();
      assertThat(ready.toString())
          .isEqualTo(
              "{\"turret\":\"navigation\",\"status\":\"ready\",\"uuid\":\"u-1\",\"rampup\":0.02,"
                  + "\"script\":\"embedded\",\"cannons\":3}");
      hq.start();
      assertThat(hq.next().get("status").textValue()).isEqualTo("Running");
      JsonNode result = hq.next();
      assertThat(result.get("turret_name").textValue()).isEqualTo("navigation");
      assertThat(result.get("error").textValue()).isEmpty();
      assertThat(result.get("scriptrun_time").doubleValue()).isBetween(0.002, 0.5);
      assertThat(result.get("elapsed").doubleValue())
          .isBetween(result.get("scriptrun_time").doubleValue(), 10.0);
      assertThat(result.get("epoch").doubleValue())
          .isCloseTo(System.currentTimeMillis() / 1e3, org.assertj.core.data.Offset.offset(20.0));
      assertThat(turret.state()).isEqualTo(TurretState.RUNNING);
    }
  }

  @Test
  void subscription_coversEverythingAndItsOwnUuid() {
    try (FakeHq hq = FakeHq.onLoopback();
        Turret turret = started(turretFor(hq, QUICK))) {
      hq.awaitSubscription("");
      hq.awaitSubscription(turret.uuid());
    }
  }

  @Test
  void stop_makesReadyTheRunsLastMessage() throws Exception {
    try (FakeHq hq = FakeHq.onLoopback();
        Turret turret = started(turretFor(hq, QUICK).cannons(5))) {
      hq.awaitStatus("ready");
      CompletableFuture<TurretRun> end = runEnd(turret);
      hq.start();
      hq.nextResult();
      hq.stop();
      int results = 1 + hq.resultsUntil("ready").size();
      TurretRun run = end.get(20, TimeUnit.SECONDS);
      assertThat(hq.poll(ofMillis(500))).isNull();
      assertThat(run.end()).isEqualTo(TurretRun.End.STOPPED);
      assertThat(run.number()).isEqualTo(1);
      assertThat(run.duration()).isPositive();
      assertThat(run.results()).isEqualTo(new Account(results, results, 0, 0, 0));
    }
  }

  private static CompletableFuture<TurretRun> runEnd(Turret turret) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return turret.awaitRun();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });
  }

  @Test
  void runs_shareNothing() {
    Transaction transaction =
        context -> {
          pause(1);
          throw new IllegalStateException(context.runContext().toString());
        };
    try (FakeHq hq = FakeHq.onLoopback();
        Turret turret = started(turretFor(hq, transaction).cannons(4))) {
      hq.awaitStatus("ready");
      for (int run = 1; run <= 5; run++) {
        if (run != 3) hq.context("{\"run\":" + run + "}");
        hq.start();
        hq.nextResult();
        hq.stop();
        String expected = run == 3 ? "{}" : "{run=" + run + "}";
        assertThat(hq.resultsUntil("ready"))
            .isNotEmpty()
            .allSatisfy(r -> assertThat(r.get("error").textValue()).isEqualTo(expected))
            .allSatisfy(r -> assertThat(r.get("elapsed").doubleValue()).isLessThan(10));
      }
      assertThat(turret.stats().runs()).isEqualTo(5);
    }
  }

  @Test
  void context_isMergedBeforeTheStartAndFixedAfterIt() {
    Transaction transaction =
        context -> {
          pause(1);
          throw new IllegalStateException(context.runContext().toString());
        };
    try (FakeHq hq = FakeHq.onLoopback();
        Turret turret = started(turretFor(hq, transaction))) {
      hq.awaitStatus("ready");
      hq.context("{\"a\":1,\"b\":null}");
      hq.context("{\"c\":[true]}");
      hq.start();
      hq.awaitStatus("Running");
      hq.context("{\"late\":1}");
      hq.start(); // ignored
      hq.nextResult();
      hq.stop();
      assertThat(hq.resultsUntil("ready"))
          .isNotEmpty()
          .allSatisfy(
              r -> assertThat(r.get("error").textValue()).isEqualTo("{a=1, b=null, c=[true]}"));
      assertThat(turret.stats().runs()).isEqualTo(1);
    }
  }

  @Test
  void kill_endsTheTurretWithKilledAsItsLastWord() throws Exception {
    try (FakeHq hq = FakeHq.onLoopback();
        Turret turret = started(turretFor(hq, QUICK))) {
      hq.awaitStatus("ready");
      hq.start();
      hq.nextResult();
      hq.command("kill", null);
      hq.awaitStatus("Killed");
      turret.awaitEnd();
      assertThat(turret.state()).isEqualTo(TurretState.KILLED);
      assertThat(hq.poll(ofMillis(300))).isNull();
      assertThatThrownBy(turret::awaitRun).isInstanceOf(ClosedException.class);
    }
  }

  @Test
  void kill_endsAnIdleTurretToo() throws Exception {
    try (FakeHq hq = FakeHq.onLoopback();
        Turret turret = started(turretFor(hq, QUICK))) {
      hq.awaitStatus("ready");
      hq.directed(turret.uuid(), "kill");
      hq.awaitStatus("Killed");
      assertThat(turret.awaitEnd(ofSeconds(20))).isTrue();
    }
  }

  @Test
  void start_thatCannotBeObeyedAbortsTheTurretWithoutARunning() throws Exception {
    InstantSource broken =
        () -> {
          throw new ArithmeticException("no time");
        };
    try (FakeHq hq = FakeHq.onLoopback();
        Turret turret = started(turretFor(hq, QUICK).wallClock(broken))) {
      hq.awaitStatus("ready");
      hq.start();
      assertThat(hq.nextStatus()).isEqualTo("Aborted");
      assertThat(turret.awaitEnd(ofSeconds(20))).isTrue();
      assertThat(turret.state()).isEqualTo(TurretState.ABORTED);
    }
  }

  @Test
  void close_inMidRunDeliversWhatThereIsAndSaysAborted() {
    try (FakeHq hq = FakeHq.onLoopback()) {
      Turret turret = started(turretFor(hq, QUICK).cannons(10));
      hq.awaitStatus("ready");
      hq.start();
      hq.nextResult();
      turret.close();
      long results = 1 + hq.resultsUntil("Aborted").size();
      assertThat(turret.state()).isEqualTo(TurretState.ABORTED);
      assertThat(turret.stats().results().produced()).isEqualTo(results);
      assertThat(turret.stats().results().sent()).isEqualTo(results);
      turret.close();
      assertThatThrownBy(turret::start).isInstanceOf(ClosedException.class);
    }
  }

  @Test
  void close_withoutHeadquartersIsQuick() throws Exception {
    Turret turret = Turret.builder(() -> QUICK).headquarters("127.0.0.1", 1, 1).build();
    assertThat(turret.state()).isEqualTo(TurretState.NEW);
    turret.start();
    assertThatThrownBy(turret::start).isInstanceOf(IllegalStateException.class);
    turret.close();
    assertThat(turret.awaitEnd(ofSeconds(5))).isTrue();
  }

  @Test
  void orders_areObeyedWhenDirectedAtItAndIgnoredWhenAtOthers() {
    try (FakeHq hq = FakeHq.onLoopback();
        Turret turret = started(turretFor(hq, QUICK))) {
      hq.awaitStatus("ready");
      hq.directed("u-2", "kill");
      hq.directed("u-10", "start");
      hq.directed("u-1", "start");
      assertThat(hq.nextStatus()).isEqualTo("Running");
      hq.send("u-1".getBytes(UTF_8), "{\"command\":\"stop\",\"msg\":null}".getBytes(UTF_8));
      hq.awaitStatus("ready");
      assertThat(turret.stats().ignoredOrders()).isEqualTo(2);
    }
  }

  @Test
  void badOrders_costThemselvesOnly() {
    try (FakeHq hq = FakeHq.onLoopback();
        Turret turret = started(turretFor(hq, QUICK))) {
      hq.awaitStatus("ready");
      List<byte[]> bad = BadMessages.orders();
      assertThat(bad).hasSizeGreaterThanOrEqualTo(60);
      for (int i = 0; i < bad.size(); i++) {
        hq.send(bad.get(i));
        if (i % 20 == 10) hq.start();
        if (i % 20 == 10) hq.awaitStatus("Running");
        if (i % 20 == 19) hq.stop();
        if (i % 20 == 19) hq.awaitStatus("ready");
      }
      hq.stop();
      hq.command("kill", null);
      hq.awaitStatus("Killed");
      assertThat(turret.stats().malformedOrders()).isEqualTo(bad.size());
      assertThat(turret.stats().runs()).isEqualTo((bad.size() + 9) / 20);
    }
  }

  @Test
  void statusRequests_areAnsweredTogether() {
    try (FakeHq hq = FakeHq.onLoopback();
        Turret turret = started(turretFor(hq, QUICK))) {
      hq.awaitStatus("ready");
      long begin = System.nanoTime();
      for (int i = 0; i < 1000; i++) hq.requestStatus();
      hq.awaitStatus("ready");
      for (int i = 0; i < 1000; i++) hq.requestStatus();
      hq.directed(turret.uuid(), "kill");
      int answers = 1;
      while (hq.nextStatus().equals("ready")) answers++;
      long tenths = (System.nanoTime() - begin) / 100_000_000L;
      assertThat(answers).isBetween(1, (int) tenths + 2);
    }
  }

  @Test
  void ready_comesAgainUnasked() {
    try (FakeHq hq = FakeHq.onLoopback();
        Turret turret = started(turretFor(hq, QUICK))) {
      hq.awaitStatus("ready");
      long begin = System.nanoTime();
      hq.awaitStatus("ready");
      assertThat(System.nanoTime() - begin).isGreaterThan(ofMillis(1900).toNanos());
      assertThat(turret.state()).isEqualTo(TurretState.READY);
    }
  }

  @Test
  void ready_waitsUntilAStartCannotBeMissed() {
    for (int i = 0; i < 20; i++) {
      try (FakeHq hq = FakeHq.onLoopback();
          Turret turret = started(turretFor(hq, QUICK))) {
        hq.awaitStatus("ready");
        hq.start(); // at once, and once only
        hq.awaitStatus("Running");
        assertThat(turret.stats().runs()).isEqualTo(1);
      }
    }
  }

  @Test
  void failures_becomeResultsAndTheCannonGoesOn() {
    AtomicInteger count = new AtomicInteger();
    Transaction transaction =
        context -> {
          context.addTime("before", ofMillis(5));
          switch (count.getAndIncrement()) {
            case 0 -> throw new IllegalStateException("status 500");
            case 1 -> throw new AssertionError();
            case 2 -> throw new StackOverflowError();
            default -> pause(1);
          }
        };
    try (FakeHq hq = FakeHq.onLoopback();
        Turret turret = started(turretFor(hq, transaction))) {
      hq.awaitStatus("ready");
      hq.start();
      List<String> errors = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        JsonNode result = hq.nextResult();
        errors.add(result.get("error").textValue());
        assertThat(result.get("custom_timers").get("before").doubleValue()).isEqualTo(0.005);
      }
      assertThat(errors)
          .containsExactly(
              "status 500", "java.lang.AssertionError", "java.lang.StackOverflowError", "");
      assertThat(turret.stats().failures()).isEqualTo(3);
    }
  }

  @Test
  void cannon_ofOnesOwnDecidesHowOften() {
    Cannon thrice =
        iterations -> {
          for (int i = 0; i < 3; i++) iterations.next();
        };
    try (FakeHq hq = FakeHq.onLoopback();
        Turret turret = started(turretFor(hq, context -> {}).cannons(7).cannon(thrice))) {
      hq.awaitStatus("ready");
      hq.start();
      for (int i = 0; i < 21; i++) hq.nextResult();
      hq.stop();
      assertThat(hq.resultsUntil("ready")).isEmpty();
      assertThat(turret.stats().results().produced()).isEqualTo(21);
    }
  }

  @Test
  void factory_learnsWhoFires() {
    try (FakeHq hq = FakeHq.onLoopback();
        Turret turret =
            started(
                Turret.builder(
                        user ->
                            context -> {
                              pause(5);
                              throw new IllegalStateException(
                                  user.group() + user.number() + user.settings());
                            })
                    .name("nav")
                    .settings(java.util.Map.of("k", 1))
                    .cannons(2)
                    .headquarters("127.0.0.1", hq.publishPort(), hq.resultsPort()))) {
      hq.awaitStatus("ready");
      hq.start();
      Set<String> errors = new HashSet<>();
      while (errors.size() < 2) errors.add(hq.nextResult().get("error").textValue());
      assertThat(errors).containsExactlyInAnyOrder("nav1{k=1}", "nav2{k=1}");
      assertThat(turret.name()).isEqualTo("nav");
    }
  }

  @Test
  void stop_interruptsThenAbandonsWhatDoesNotEnd() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch firing = new CountDownLatch(3);
    Transaction stubborn = // runs on as if nobody had interrupted it
        context -> {
          firing.countDown();
          boolean interrupted = false;
          while (release.getCount() > 0) {
            try {
              release.await();
            } catch (InterruptedException e) {
              interrupted = true;
              if (context.userNumber() < 3) throw e;
            }
          }
          if (interrupted) throw new IllegalStateException("too late");
          pause(2);
        };
    try (FakeHq hq = FakeHq.onLoopback();
        Turret turret =
            started(
                turretFor(hq, stubborn)
                    .cannons(3)
                    .grace(ofMillis(100))
                    .abandonAfter(ofMillis(300)))) {
      hq.awaitStatus("ready");
      hq.start();
      assertThat(firing.await(20, TimeUnit.SECONDS)).isTrue();
      hq.stop();
      List<JsonNode> results = hq.resultsUntil("ready");
      assertThat(results)
          .hasSize(2)
          .allSatisfy(
              r ->
                  assertThat(r.get("error").textValue())
                      .isEqualTo("java.lang.InterruptedException"));
      assertThat(turret.stats().abandonedCannons()).isEqualTo(1);
      release.countDown();
      hq.start(); // the next run is not disturbed by what was abandoned
      hq.awaitStatus("Running");
      assertThat(hq.nextResult().get("error").textValue()).isEmpty();
    }
  }

  @Test
  void block_holdsCannonsBackAndLosesNothing() {
    try (FakeHq hq = FakeHq.onLoopback();
        Turret turret = started(turretFor(hq, context -> {}).cannons(8).queueCapacity(100))) {
      hq.awaitStatus("ready");
      hq.start();
      hq.nextResult();
      awaitStandstill(turret); // nobody reads: kernel buffers and queue are full
      hq.stop();
      long received = 1 + hq.countUntil("ready");
      TurretStats stats = turret.stats();
      assertThat(stats.results().produced()).isEqualTo(received);
      assertThat(stats.results().dropped()).isZero();
      assertThat(stats.results().unsent()).isZero();
    }
  }

  private static void awaitStandstill(Turret turret) {
    long last = -1;
    long since = System.nanoTime();
    while (System.nanoTime() - since < 300_000_000L) {
      long produced = turret.stats().results().produced();
      if (produced != last) since = System.nanoTime();
      last = produced;
      Thread.onSpinWait();
    }
  }

  @Test
  void drop_countsWhatOutrunsTheNetwork() {
    try (FakeHq hq = FakeHq.onLoopback();
        Turret turret =
            started(
                turretFor(hq, context -> {})
                    .cannons(2)
                    .queueCapacity(100)
                    .overflowPolicy(OverflowPolicy.DROP))) {
      hq.awaitStatus("ready");
      hq.start();
      while (turret.stats().results().dropped() < 1000) Thread.onSpinWait();
      hq.stop();
      long received = hq.countUntil("ready");
      TurretStats stats = turret.stats();
      assertThat(stats.results().sent()).isEqualTo(received);
      assertThat(stats.results().produced())
          .isEqualTo(received + stats.results().dropped() + stats.results().unsent());
    }
  }

  @Test
  void turrets_liveSideBySide() {
    try (FakeHq hq = FakeHq.onLoopback();
        Turret one = started(turretFor(hq, QUICK).name("one").uuid("1"));
        Turret two = started(turretFor(hq, QUICK).name("two").uuid("2"))) {
      Set<String> ready = new HashSet<>();
      while (ready.size() < 2) ready.add(hq.nextStatusMessage().get("uuid").textValue());
      hq.start();
      Set<String> names = new HashSet<>();
      while (names.size() < 2) names.add(hq.nextResult().get("turret_name").textValue());
      hq.directed("1", "kill");
      assertThat(hq.awaitStatus("Killed").get("turret").textValue()).isEqualTo("one");
      assertThat(two.state()).isEqualTo(TurretState.RUNNING);
      assertThat(one.name()).isEqualTo("one");
    }
  }

  @Test
  void listener_hearsStatesAndRuns() throws Exception {
    LinkedBlockingQueue<Object> heard = new LinkedBlockingQueue<>();
    TurretListener listener =
        new TurretListener() {
          @Override
          public void stateChanged(TurretState state) {
            heard.add(state);
            throw new IllegalStateException("a listener that fails");
          }

          @Override
          public void runEnded(TurretRun run) {
            heard.add(run.end());
          }
        };
    try (FakeHq hq = FakeHq.onLoopback();
        Turret turret = started(turretFor(hq, QUICK).listener(listener))) {
      hq.awaitStatus("ready");
      CompletableFuture<TurretRun> end = runEnd(turret);
      hq.start();
      hq.awaitStatus("Running");
      hq.stop();
      end.get(20, TimeUnit.SECONDS); // ready leaves before the turret's state says so
      hq.command("kill", null);
      turret.awaitEnd();
      assertThat(heard)
          .containsExactly(
              TurretState.READY,
              TurretState.RUNNING,
              TurretState.STOPPING,
              TurretRun.End.STOPPED,
              TurretState.READY,
              TurretState.KILLED);
    }
  }

  @Test
  void failureAtTheEndOfARun_isToldAsAborted() throws Exception {
    TurretListener faulty =
        new TurretListener() {
          @Override
          public void runEnded(TurretRun run) {
            throw new LinkageError("staged");
          }
        };
    try (FakeHq hq = FakeHq.onLoopback();
        Turret turret = started(turretFor(hq, QUICK).listener(faulty))) {
      hq.awaitStatus("ready");
      hq.start();
      hq.nextResult();
      hq.stop();
      assertThat(turret.awaitEnd(ofSeconds(20))).isTrue();
      assertThat(turret.state()).isEqualTo(TurretState.ABORTED);
    }
  }

  @Test
  void failureOfTheTurretItself_isToldAsAborted() throws Exception {
    TurretListener faulty =
        new TurretListener() {
          @Override
          public void stateChanged(TurretState state) {
            if (state == TurretState.RUNNING) throw new LinkageError("staged");
          }
        };
    try (FakeHq hq = FakeHq.onLoopback();
        Turret turret = started(turretFor(hq, QUICK).listener(faulty))) {
      hq.awaitStatus("ready");
      hq.start();
      hq.awaitStatus("Aborted");
      assertThat(turret.awaitEnd(ofSeconds(20))).isTrue();
      assertThat(turret.state()).isEqualTo(TurretState.ABORTED);
    }
  }

  @Test
  void close_leavesNoThreadBehind() throws Exception {
    Set<Thread> before = threads();
    for (int i = 0; i < 5; i++) {
      try (FakeHq hq = FakeHq.onLoopback();
          Turret turret = started(turretFor(hq, QUICK).cannons(20))) {
        hq.awaitStatus("ready");
        hq.start();
        hq.nextResult();
        hq.stop();
        hq.awaitStatus("ready");
        assertThat(turret.stats().activeCannons()).isZero();
      }
    }
    Set<Thread> after = threads();
    after.removeAll(before);
    for (Thread thread : after) thread.join(5000);
    assertThat(threads().stream().filter(after::contains).map(Thread::getName)).isEmpty();
  }

  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(Thread::isAlive)
        .filter(
            thread -> !thread.getName().startsWith("ForkJoinPool")) // carriers of virtual threads
        .filter(thread -> !thread.getName().startsWith("VirtualThread-unblocker"))
        .filter(thread -> !thread.getName().startsWith("junit-timeout"))
        .collect(Collectors.toSet());
  }

  @Test
  void million_isAccountedForToTheLast() throws Exception {
    try (FakeHq hq = FakeHq.onLoopback();
        Turret turret = started(turretFor(hq, context -> {}).cannons(50))) {
      hq.awaitStatus("ready");
      hq.start();
      hq.awaitStatus("Running");
      Thread stopper = new Thread(() -> awaitProduced(turret, 1_000_000));
      stopper.start();
      long received = 0;
      while (stopper.isAlive()) {
        if (hq.arrives(ofMillis(10))) received++;
      }
      hq.stop();
      received += hq.countUntil("ready");
      TurretStats stats = turret.stats();
      assertThat(stats.results().produced()).isGreaterThanOrEqualTo(1_000_000).isEqualTo(received);
      assertThat(stats.results().dropped() + stats.results().unsent()).isZero();
    }
  }

  private static void awaitProduced(Turret turret, long count) {
    while (turret.stats().results().produced() < count) Thread.onSpinWait();
  }

  @Test
  void thousandCannons_fireInOneTurret() {
    int cannons = Runtime.version().feature() >= 24 ? 20_000 : 1_000;
    Set<Integer> fired = java.util.concurrent.ConcurrentHashMap.newKeySet();
    Transaction transaction =
        (TransactionContext context) -> {
          fired.add(context.userNumber());
          pause(500);
        };
    try (FakeHq hq = FakeHq.onLoopback();
        Turret turret = started(turretFor(hq, transaction).cannons(cannons))) {
      hq.awaitStatus("ready");
      hq.start();
      hq.awaitStatus("Running");
      while (fired.size() < cannons) hq.nextResult();
      assertThat(turret.stats().activeCannons()).isEqualTo(cannons);
      hq.stop();
      hq.countUntil("ready");
      assertThat(turret.stats().abandonedCannons()).isZero();
    }
  }
}
