package dev.broadside.oct.hq;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.broadside.messaging.ClosedException;
import dev.broadside.messaging.MessagingException;
import dev.broadside.metrics.Measurement;
import dev.broadside.metrics.RunResult;
import dev.broadside.metrics.Threshold;
import dev.broadside.metrics.UserCount;
import dev.broadside.metrics.Verdict;
import dev.broadside.oct.testing.Await;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.zeromq.ZMQ;

@Timeout(60)
class HeadquartersTest {
  private static Headquarters.Builder onFreePorts() {
    return Headquarters.builder()
        .publishPort(0)
        .resultsPort(0)
        .runTime(ofMillis(300))
        .turretTimeout(ofSeconds(20));
  }

  private static Headquarters started(Headquarters.Builder builder) {
    Headquarters hq = builder.build();
    hq.start();
    return hq;
  }

  @Test
  void run_takesItsWholeCourse() throws Exception {
    try (Headquarters hq = started(onFreePorts().transactionContext(Map.of("host", "target")));
        FakeTurret turret = new FakeTurret(hq, "navigation")) {
      CompletableFuture<RunResult> run = CompletableFuture.supplyAsync(hq::run);
      assertThat(turret.awaitOrder("status_request"))
          .isEqualTo(" {\"command\":\"status_request\",\"msg\":null}");
      turret.says("ready");
      assertThat(turret.awaitOrder("set_transaction_context"))
          .isEqualTo(" {\"command\":\"set_transaction_context\",\"msg\":{\"host\":\"target\"}}");
      assertThat(turret.awaitOrder("start"))
          .isEqualTo(" {\"command\":\"start\",\"msg\":\"open fire\"}");
      turret.says("Running");
      turret.fires(99);
      turret.send(turret.result(0.25, "HTTP 500"));
      assertThat(turret.awaitOrder("stop"))
          .isEqualTo(" {\"command\":\"stop\",\"msg\":\"premature stop\"}");
      turret.fires(100); // what the turret still had
      turret.says("ready");

      RunResult result = run.get(20, TimeUnit.SECONDS);
      assertThat(result.all().count()).isEqualTo(200);
      assertThat(result.all().failures()).isEqualTo(1);
      assertThat(result.transaction("navigation").service().p(50)).isEqualTo(ofMillis(125));
      assertThat(result.group("navigation").count()).isEqualTo(200);
      assertThat(result.timer("login").count()).isEqualTo(200);
      assertThat(result.errors())
          .extracting("text", "count")
          .containsExactly(tuple("HTTP 500", 1L));
      assertThat(result.duration()).isBetween(ofMillis(300), ofMillis(1000));
      assertThat(result.started()).isCloseTo(Instant.now(), within(20, ChronoUnit.SECONDS));
      assertThat(result.counters().values()).containsOnly(0L);
    }
  }

  @Test
  void run_keepsReceivingOverOtherConnectionsAfterTheLastReady() throws Exception {
    try (Headquarters hq = started(onFreePorts());
        FakeTurret turret = new FakeTurret(hq, "navigation")) {
      turret.says("ready");
      CompletableFuture<RunResult> run = CompletableFuture.supplyAsync(hq::run);
      turret.awaitOrder("start");
      turret.says("Running");
      ZMQ.Socket cannon = turret.cannon();
      turret.awaitOrder("stop");
      turret.says("ready");
      Await.until("back", () -> hq.turrets().get(0).status().equals("ready"));
      for (int i = 0; i < 20_000; i++) cannon.send(turret.result(0.1, ""));

      assertThat(run.get(30, TimeUnit.SECONDS).all().count()).isEqualTo(20_000);
    }
  }

  @Test
  void run_repeatsTheStopWhileATurretIsNotReady() throws Exception {
    AtomicLong ahead = new AtomicLong();
    try (Headquarters hq = started(onFreePorts().clock(clock(ahead)));
        FakeTurret turret = new FakeTurret(hq, "navigation")) {
      turret.says("ready");
      CompletableFuture<RunResult> run = CompletableFuture.supplyAsync(hq::run);
      turret.awaitOrder("start");
      turret.says("Running");
      turret.awaitOrder("stop");
      ahead.addAndGet(ofSeconds(2).toNanos());
      turret.awaitOrder("stop");
      ahead.addAndGet(ofSeconds(13).toNanos()); // the turret never answers
      ahead.addAndGet(ofSeconds(1).toNanos());

      assertThat(run.get(20, TimeUnit.SECONDS).all().count()).isZero();
    }
  }

  @Test
  void run_isJudgedByItsThresholds() throws Exception {
    try (Headquarters hq =
            started(onFreePorts().threshold("max < 1s").threshold("navigation: errors < 1%"));
        FakeTurret turret = new FakeTurret(hq, "navigation")) {
      turret.says("ready");
      CompletableFuture<RunResult> run = CompletableFuture.supplyAsync(hq::run);
      turret.awaitOrder("start");
      turret.says("Running");
      turret.fires(9);
      turret.send(turret.result(0.25, "HTTP 500"));
      turret.awaitOrder("stop");
      turret.says("ready");

      RunResult result = run.get(20, TimeUnit.SECONDS);
      assertThat(result.passed()).isFalse();
      assertThat(result.verdicts())
          .containsExactly(
              new Verdict("max < 1s", true, "125 ms", false),
              new Verdict("navigation: errors < 1%", false, "10 %", false));
    }
  }

  @Test
  void run_endsEarlyByAThresholdThatAborts() throws Exception {
    AtomicLong ahead = new AtomicLong();
    try (Headquarters hq =
            started(
                onFreePorts()
                    .runTime(ofSeconds(100))
                    .clock(clock(ahead))
                    .threshold(Threshold.p(95).below(ofMillis(100)).abort()));
        FakeTurret turret = new FakeTurret(hq, "navigation")) {
      turret.says("ready");
      CompletableFuture<RunResult> run = CompletableFuture.supplyAsync(hq::run);
      turret.awaitOrder("start");
      turret.says("Running");
      turret.fires(100);
      Await.until("all have come", () -> hq.current().orElseThrow().all().count() == 100);
      assertThat(hq.current().orElseThrow().passed()).isFalse();
      ahead.addAndGet(ofSeconds(10).toNanos());
      turret.awaitOrder("stop");
      turret.says("ready");

      RunResult result = run.get(20, TimeUnit.SECONDS);
      assertThat(result.duration()).isBetween(ofSeconds(10), ofSeconds(30));
      assertThat(result.verdicts())
          .singleElement()
          .satisfies(verdict -> assertThat(verdict.measured()).endsWith(" s, which ended the run"))
          .satisfies(verdict -> assertThat(verdict.passed()).isFalse());
    }
  }

  @Test
  void threshold_thatNeedsAScheduleIsRefused() {
    assertThatThrownBy(() -> Headquarters.builder().threshold("response p(95) < 1s"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "\"response p(95) < 1s\": this needs a schedule, which turrets do not send; a"
                + " headquarters judges service times, errors, rate and count");
  }

  /** The real time, and a test may set it forward. */
  private static HqClock clock(AtomicLong ahead) {
    return new HqClock(() -> System.nanoTime() + ahead.get(), InstantSource.system());
  }

  @Test
  void run_startsATurretThatComesLate() throws Exception {
    AtomicLong ahead = new AtomicLong();
    try (Headquarters hq = started(onFreePorts().runTime(ofSeconds(100)).clock(clock(ahead)));
        FakeTurret first = new FakeTurret(hq, "first")) {
      first.says("ready");
      CompletableFuture<RunResult> run = CompletableFuture.supplyAsync(hq::run);
      first.awaitOrder("start");
      first.says("Running");
      try (FakeTurret late = new FakeTurret(hq, "late")) {
        late.says("ready");
        Await.until("listed", () -> hq.turrets().size() == 2);
        ahead.addAndGet(ofSeconds(4).toNanos());
        late.awaitOrder("set_transaction_context");
        late.awaitOrder("start");
        late.says("Running");
        late.fires(7);
        Await.until("Running", () -> hq.turrets().get(1).status().equals("Running"));
        hq.endRun();
        first.awaitOrder("stop");
        late.awaitOrder("stop");
        first.says("ready");
        late.says("ready");
        RunResult result = run.get(20, TimeUnit.SECONDS);
        assertThat(result.transaction("late").count()).isEqualTo(7);
        assertThat(result.transaction("late").series().intervals().subList(0, 4))
            .as("elapsed counts from the late start")
            .allMatch(interval -> interval.count() == 0);
        assertThat(result.expectedUsers())
            .extracting(UserCount::users)
            .containsExactly(1.0, 1.0, 2.0, 2.0);
        assertThat(result.expectedUsers().get(1).at()).isBetween(ofSeconds(4), ofSeconds(20));
      }
    }
  }

  @Test
  void run_saysWhoIsThereAndWhoIsMissing() {
    try (Headquarters hq = started(onFreePorts().turrets(4).turretTimeout(ofMillis(400)));
        FakeTurret ready = new FakeTurret(hq, "navigation");
        FakeTurret running = new FakeTurret(hq, "search")) {
      ready.says("ready");
      ready.says("ready");
      running.says("Running");

      assertThatThrownBy(hq::run)
          .isInstanceOf(MissingTurretsException.class)
          .hasMessage(
              "1 of 4 turrets were ready after 0 s; ready: navigation uuid-of-navigation;"
                  + " not ready: search uuid-of-search (Running); 2 never reported");
      assertThat(ready.heard()).noneMatch(order -> order.contains("start"));
    }
  }

  @Test
  void waiting_makesNoStormOfRequests() throws Exception {
    try (Headquarters hq = started(onFreePorts().turrets(2).turretTimeout(ofSeconds(1)));
        FakeTurret turret = new FakeTurret(hq, "navigation")) {
      CompletableFuture<RunResult> run = CompletableFuture.supplyAsync(hq::run);
      turret.awaitOrder("status_request");
      for (int i = 0; i < 1000; i++) turret.says("ready");
      assertThat(run.handle((result, failure) -> failure).get(20, TimeUnit.SECONDS))
          .hasCauseInstanceOf(MissingTurretsException.class);
      hq.orders().kill();
      turret.awaitOrder("kill");
      assertThat(turret.heard()).hasSize(2); // the request and the kill
    }
  }

  @Test
  void results_thatBelongToNoRunAreRefusedAndCounted() throws Exception {
    try (Headquarters hq = started(onFreePorts());
        FakeTurret turret = new FakeTurret(hq, "navigation")) {
      turret.fires(3);
      turret.says("ready");
      Await.until("refused", () -> hq.counters().get("refused outside a run") == 3);
      CompletableFuture<RunResult> run = CompletableFuture.supplyAsync(hq::run);
      turret.awaitOrder("start");
      for (int i = 0; i < 5; i++) turret.send(turret.result(1000 + i, "of an earlier run"));
      turret.fires(1);
      turret.awaitOrder("stop");
      turret.says("ready");

      RunResult result = run.get(20, TimeUnit.SECONDS);
      assertThat(result.all().count()).isEqualTo(1);
      assertThat(result.errors()).isEmpty();
      assertThat(result.counters())
          .containsEntry("refused outside a run", 3L)
          .containsEntry("refused as of an earlier run", 5L);
    }
  }

  @Test
  void runs_mayFollowEachOther() throws Exception {
    try (Headquarters hq = started(onFreePorts());
        FakeTurret turret = new FakeTurret(hq, "navigation")) {
      turret.says("ready");
      for (int round = 1; round <= 3; round++) {
        CompletableFuture<RunResult> run = CompletableFuture.supplyAsync(hq::run);
        turret.awaitOrder("start");
        turret.says("Running");
        turret.fires(10 * round);
        turret.send("not json");
        turret.awaitOrder("stop");
        turret.says("ready");
        RunResult result = run.get(20, TimeUnit.SECONDS);
        assertThat(result.all().count()).isEqualTo(10 * round);
        assertThat(result.counters()).containsEntry("malformed", 1L);
      }
      assertThat(hq.counters()).containsEntry("malformed", 3L);
    }
  }

  @Test
  void run_isOneAtATime() throws Exception {
    try (Headquarters hq = started(onFreePorts());
        FakeTurret turret = new FakeTurret(hq, "navigation")) {
      CompletableFuture<RunResult> run = CompletableFuture.supplyAsync(hq::run);
      turret.awaitOrder("status_request");

      assertThatThrownBy(hq::run)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("a run goes on already");
      hq.endRun();
      run.get(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void endRun_endsTheWaitingWithAnEmptyResult() throws Exception {
    try (Headquarters hq = started(onFreePorts().withoutTurretTimeout());
        FakeTurret turret = new FakeTurret(hq, "navigation")) {
      CompletableFuture<RunResult> run = CompletableFuture.supplyAsync(hq::run);
      turret.awaitOrder("status_request");
      hq.endRun();

      RunResult result = run.get(20, TimeUnit.SECONDS);
      assertThat(result.all().count()).isZero();
      assertThat(result.duration()).isZero();
      assertThat(turret.heard()).noneMatch(order -> order.contains("start"));
    }
  }

  @Test
  void endRun_endsTheRunInOrder() throws Exception {
    try (Headquarters hq = started(onFreePorts().runTime(ofSeconds(100)));
        FakeTurret turret = new FakeTurret(hq, "navigation")) {
      turret.says("ready");
      CompletableFuture<RunResult> run = CompletableFuture.supplyAsync(hq::run);
      turret.awaitOrder("start");
      turret.says("Running");
      turret.fires(5);
      hq.endRun();
      turret.awaitOrder("stop");
      turret.fires(5);
      turret.says("ready");

      assertThat(run.get(20, TimeUnit.SECONDS).all().count()).isEqualTo(10);
    }
  }

  @Test
  void interrupt_endsTheRunInOrder() throws Exception {
    try (Headquarters hq = started(onFreePorts().runTime(ofSeconds(100)));
        FakeTurret turret = new FakeTurret(hq, "navigation")) {
      turret.says("ready");
      CompletableFuture<RunResult> result = new CompletableFuture<>();
      CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
      Thread runner =
          new Thread(
              () -> {
                result.complete(hq.run());
                interrupted.complete(Thread.currentThread().isInterrupted());
              });
      runner.start();
      turret.awaitOrder("start");
      turret.fires(5);
      runner.interrupt();
      turret.awaitOrder("stop");
      turret.says("ready");

      assertThat(result.get(20, TimeUnit.SECONDS).all().count()).isEqualTo(5);
      assertThat(interrupted.get(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void orders_goToAllOrToOne() {
    try (Headquarters hq = started(onFreePorts());
        FakeTurret turret = new FakeTurret(hq, "navigation")) {
      hq.orders().start();
      hq.orders().stop("U-1");
      hq.orders().transactionContext("U-1", Map.of("host", "target"));
      hq.orders().statusRequest("U-1");
      hq.orders().start("U-1");
      hq.orders().kill("U-1");
      hq.orders().kill();
      turret.awaitOrder("kill");
      turret.awaitOrder("kill");

      assertThat(turret.heard())
          .containsExactly(
              " {\"command\":\"start\",\"msg\":\"open fire\"}",
              "U-1 {\"command\":\"stop\",\"msg\":\"premature stop\"}",
              "U-1 {\"command\":\"set_transaction_context\",\"msg\":{\"host\":\"target\"}}",
              "U-1 {\"command\":\"status_request\",\"msg\":null}",
              "U-1 {\"command\":\"start\",\"msg\":\"open fire\"}",
              "U-1 {\"command\":\"kill\",\"msg\":null}",
              " {\"command\":\"kill\",\"msg\":null}");
    }
  }

  @Test
  void listeners_hearOfResultsAndProgressAndMayFail() throws Exception {
    List<Measurement> heard = new CopyOnWriteArrayList<>();
    List<Progress> told = new CopyOnWriteArrayList<>();
    Headquarters.Builder builder =
        onFreePorts()
            .runTime(ofMillis(1500))
            .onResult(
                measurement -> {
                  heard.add(measurement);
                  throw new IllegalStateException("a listener that fails");
                })
            .onProgress(
                progress -> {
                  told.add(progress);
                  throw new AssertionError("another one");
                });
    try (Headquarters hq = started(builder);
        FakeTurret turret = new FakeTurret(hq, "navigation")) {
      turret.says("ready");
      CompletableFuture<RunResult> run = CompletableFuture.supplyAsync(hq::run);
      turret.awaitOrder("start");
      turret.says("Running");
      turret.fires(10);
      turret.awaitOrder("stop");
      turret.says("ready");

      RunResult result = run.get(20, TimeUnit.SECONDS);
      assertThat(result.all().count()).isEqualTo(10);
      assertThat(heard).hasSize(10);
      assertThat(result.counters().get("listener failures")).isEqualTo(10L + told.size());
      Progress first = told.get(0);
      assertThat(first.phase()).isEqualTo(Progress.Phase.FIRING);
      assertThat(first.turrets()).isEqualTo(1);
      assertThat(first.results()).isEqualTo(10);
      assertThat(first.elapsed()).isBetween(ofSeconds(1), ofMillis(1500));
      assertThat(first.cannons()).isEqualTo(1);
      assertThat(first.recent().count()).isEqualTo(10);
      assertThat(first.recent().rate()).isEqualTo(10);
    }
  }

  @Test
  void progressAndLastResult_areThereToBeAsked() throws Exception {
    try (Headquarters hq = started(onFreePorts().runTime(ofSeconds(100)));
        FakeTurret turret = new FakeTurret(hq, "navigation")) {
      assertThat(hq.progress()).isEmpty();
      assertThat(hq.lastResult()).isEmpty();
      CompletableFuture<RunResult> run = CompletableFuture.supplyAsync(hq::run);
      turret.awaitOrder("status_request");
      assertThat(hq.progress().orElseThrow().phase()).isEqualTo(Progress.Phase.WAITING);

      turret.says("ready");
      turret.awaitOrder("start");
      turret.says("Running");
      turret.fires(10);
      Await.until("results", () -> hq.progress().orElseThrow().results() == 10);
      Progress firing = hq.progress().orElseThrow();
      assertThat(firing.phase()).isEqualTo(Progress.Phase.FIRING);
      assertThat(firing.runTime()).isEqualTo(ofSeconds(100));
      assertThat(firing.elapsed()).isBetween(Duration.ZERO, ofSeconds(50));

      hq.endRun();
      turret.awaitOrder("stop");
      turret.says("ready");
      RunResult result = run.get(20, TimeUnit.SECONDS);
      assertThat(hq.lastResult()).containsSame(result);
      Await.until("end of the run", () -> hq.progress().isEmpty());
    }
  }

  @Test
  void close_stopsTheTurretsOfARun() throws Exception {
    Headquarters hq = started(onFreePorts().runTime(ofSeconds(100)));
    try (FakeTurret turret = new FakeTurret(hq, "navigation")) {
      turret.says("ready");
      CompletableFuture<RunResult> run = CompletableFuture.supplyAsync(hq::run);
      turret.awaitOrder("start");
      hq.close();
      turret.awaitOrder("stop");

      assertThatThrownBy(() -> run.get(20, TimeUnit.SECONDS))
          .hasCauseInstanceOf(ClosedException.class)
          .hasMessageContaining("this headquarters is closed");
    }
  }

  @Test
  void close_byAListenerDoesNotHang() throws Exception {
    AtomicReference<Headquarters> self = new AtomicReference<>();
    CountDownLatch closed = new CountDownLatch(1);
    Headquarters hq =
        started(
            onFreePorts()
                .onResult(
                    measurement -> {
                      self.get().close();
                      closed.countDown();
                    }));
    self.set(hq);
    try (FakeTurret turret = new FakeTurret(hq, "navigation")) {
      turret.says("ready");
      CompletableFuture<RunResult> run = CompletableFuture.supplyAsync(hq::run);
      turret.awaitOrder("start");
      turret.fires(10);

      assertThat(closed.await(20, TimeUnit.SECONDS)).isTrue();
      assertThatThrownBy(run::join).isInstanceOf(CompletionException.class);
    }
    Await.until("threads gone", () -> threads().isEmpty());
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("headquarters"))
        .toList();
  }

  @Test
  void close_leavesNoThreadBehind() throws Exception {
    Headquarters hq = started(onFreePorts());
    assertThat(threads()).isNotEmpty();
    hq.close();
    hq.close();
    Await.until("threads gone", () -> threads().isEmpty());
    assertThatThrownBy(hq::run).isInstanceOf(ClosedException.class);
    assertThatThrownBy(hq::start).isInstanceOf(ClosedException.class);
    assertThatThrownBy(() -> hq.orders().stop()).isInstanceOf(ClosedException.class);
  }

  @Test
  void close_withoutStartIsFine() {
    Headquarters hq = Headquarters.builder().build();
    assertThatThrownBy(hq::run).hasMessage("this headquarters is not started");
    hq.close();
  }

  @Test
  void start_refusesAPortInUse() throws Exception {
    try (Headquarters hq = started(onFreePorts());
        Headquarters other = onFreePorts().resultsPort(hq.resultsPort()).build()) {
      assertThatThrownBy(other::start)
          .isInstanceOf(MessagingException.class)
          .hasMessageContaining("tcp://127.0.0.1:" + hq.resultsPort())
          .hasMessageContaining("in use");
    }
    Await.until("threads gone", () -> threads().isEmpty());
  }

  @Test
  void reach_saysHowFar() {
    try (Headquarters hq = started(onFreePorts())) {
      assertThat(hq.reach())
          .isEqualTo(
              "orders at tcp://127.0.0.1:%d, results at tcp://127.0.0.1:%d: only this machine can"
                  + " reach them; there is no authentication",
              hq.publishPort(), hq.resultsPort());
    }
    try (Headquarters hq = started(onFreePorts().bindAddress("*"))) {
      assertThat(hq.reach()).contains("every network of this machine can reach them");
    }
  }

  @Test
  void builder_refusesWhatCannotBe() {
    Headquarters.Builder builder = Headquarters.builder();
    assertThatThrownBy(() -> builder.turrets(0)).hasMessage("turrets < 1: 0");
    assertThatThrownBy(() -> builder.runTime(Duration.ZERO)).hasMessage("runTime <= 0: PT0S");
    assertThatThrownBy(() -> builder.publishPort(65536))
        .hasMessage("port not between 0 and 65535: 65536");
    assertThatThrownBy(() -> builder.transactionContext(Map.of("thread", new Object())))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.onResult(null)).hasMessage("onResult");
  }
}
