package dev.broadside.oct;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.broadside.oct.testing.Await;
import dev.broadside.oct.testing.FakeHq;
import dev.broadside.users.Transaction;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a turret does when headquarters come and go. Source: docs/protocols.md 1.3. */
@Timeout(120)
class TurretReconnectTest {
  private final LinkedBlockingQueue<TurretRun> runs = new LinkedBlockingQueue<>();

  /** Tells in its error which run it belongs to. */
  private static final Transaction NAMED =
      context -> {
        TimeUnit.MICROSECONDS.sleep(200);
        throw new IllegalStateException(String.valueOf(context.runContext().get("run")));
      };

  private Turret turretFor(FakeHq hq, java.util.function.UnaryOperator<Turret.Builder> more) {
    Turret turret =
        more.apply(
                Turret.builder(() -> NAMED)
                    .name("navigation")
                    .cannons(4)
                    .headquarters("127.0.0.1", hq.publishPort(), hq.resultsPort())
                    .listener(
                        new TurretListener() {
                          @Override
                          public void runEnded(TurretRun run) {
                            runs.add(run);
                          }
                        }))
            .build();
    turret.start();
    return turret;
  }

  /**
   * Starts a run; nothing but statuses may come before its Running, and its own results after it.
   */
  private static void fire(FakeHq hq, int run) {
    hq.awaitSubscriber();
    hq.requestStatus();
    awaitOnlyStatuses(hq, "ready");
    hq.context("{\"run\":" + run + "}");
    hq.start();
    awaitOnlyStatuses(hq, "Running");
    for (int i = 0; i < 20; i++) {
      assertThat(hq.nextResult().get("error").textValue()).isEqualTo("" + run);
    }
  }

  private static void awaitOnlyStatuses(FakeHq hq, String word) {
    JsonNode message;
    do {
      message = hq.next();
      assertThat(FakeHq.isStatus(message)).as("a stale result: %s", message).isTrue();
    } while (!message.get("status").textValue().equals(word));
  }

  private TurretRun awaitRunEnd() throws InterruptedException {
    TurretRun run = runs.poll(30, TimeUnit.SECONDS);
    assertThat(run).as("end of the run").isNotNull();
    return run;
  }

  @Test
  void anotherHeadquarters_endsTheRunAndGetsNothingOfIt() throws Exception {
    FakeHq first = FakeHq.onLoopback();
    try (Turret turret = turretFor(first, builder -> builder)) {
      fire(first, 1);
      first.vanish();
      try (FakeHq second = FakeHq.at(first.publishPort(), first.resultsPort())) {
        second.awaitSubscriber();
        second.requestStatus(); // what only a waiting headquarters sends
        JsonNode message = second.next();
        assertThat(message.path("status").asText()).as(message.toString()).isEqualTo("ready");
        TurretRun run = awaitRunEnd();
        assertThat(run.end()).isEqualTo(TurretRun.End.HEADQUARTERS_REPLACED);
        assertThat(run.results().unsent()).isPositive();
        assertThat(run.results().disconnects()).isEqualTo(1);
        second.context("{\"run\":2}");
        second.start();
        second.nextResult();
        second.stop();
        assertThat(second.resultsUntil("ready"))
            .allSatisfy(r -> assertThat(r.get("error").textValue()).isEqualTo("2"));
        assertThat(turret.stats().runs()).isEqualTo(2);
      }
    }
  }

  @Test
  void anotherHeadquarters_mayStartAtOnce() throws Exception {
    FakeHq first = FakeHq.onLoopback();
    try (Turret turret = turretFor(first, builder -> builder)) {
      fire(first, 1);
      first.vanish();
      try (FakeHq second = FakeHq.at(first.publishPort(), first.resultsPort())) {
        second.awaitSubscriber();
        second.context("{\"run\":2}");
        second.start();
        JsonNode message = second.next();
        assertThat(message.path("status").asText()).as(message.toString()).isEqualTo("Running");
        assertThat(second.nextResult().get("error").textValue()).isEqualTo("2");
        assertThat(turret.stats().runs()).isEqualTo(2);
      }
    }
  }

  @Test
  void sameHeadquarters_getsWhatWasHeldOnceItsSilenceHasProvedIt() throws Exception {
    FakeHq first = FakeHq.onLoopback();
    try (Turret turret = turretFor(first, builder -> builder.queueCapacity(100))) {
      fire(first, 1);
      first.vanish();
      try (FakeHq second = FakeHq.at(first.publishPort(), first.resultsPort())) {
        second.awaitSubscriber();
        long back = System.nanoTime();
        JsonNode message = second.next();
        assertThat(System.nanoTime() - back).isGreaterThan(ofMillis(3000).toNanos());
        assertThat(message.path("error").asText()).as(message.toString()).isEqualTo("1");
        second.stop();
        int results = 1 + second.resultsUntil("ready").size();
        TurretRun run = awaitRunEnd();
        assertThat(run.end()).isEqualTo(TurretRun.End.STOPPED);
        assertThat(results).isGreaterThan(100); // what was held, and what has come since
        assertThat(run.results().unsent()).isZero();
        assertThat(turret.stats().runs()).isEqualTo(1);
      }
    }
  }

  @Test
  void lostHeadquarters_endsTheRunAfterAWhile() throws Exception {
    FakeHq first = FakeHq.onLoopback();
    try (Turret turret =
        turretFor(first, builder -> builder.headquartersTimeout(ofMillis(300)).queueCapacity(10))) {
      fire(first, 1);
      first.vanish();
      TurretRun run = awaitRunEnd();
      assertThat(run.end()).isEqualTo(TurretRun.End.HEADQUARTERS_LOST);
      assertThat(run.results().produced()).isEqualTo(run.results().sent() + run.results().unsent());
      try (FakeHq second = FakeHq.at(first.publishPort(), first.resultsPort())) {
        fire(second, 2);
        assertThat(turret.state()).isEqualTo(TurretState.RUNNING);
      }
    }
  }

  @Test
  void headquartersThatLeaveRightAfterStop_leaveNothingToTheNext() throws Exception {
    FakeHq hq = FakeHq.onLoopback();
    try (Turret turret = turretFor(hq, builder -> builder.cannons(8))) {
      for (int run = 1; run <= 20; run++) {
        fire(hq, run);
        long enough = turret.stats().results().produced() + 100L * run; // unread: more each time
        Await.until("unread results", () -> turret.stats().results().produced() >= enough);
        hq.stop();
        hq.close(); // as the original does, 0.5 ms later
        hq = FakeHq.at(hq.publishPort(), hq.resultsPort());
        TurretRun ended = awaitRunEnd();
        assertThat(ended.end()).isEqualTo(TurretRun.End.STOPPED);
        assertThat(ended.results().disconnects()).isLessThanOrEqualTo(1); // its own
      }
      assertThat(turret.stats().runs()).isEqualTo(20);
    } finally {
      hq.close();
    }
  }

  @Test
  void headquartersThatNeverReads_isLeftWithinTheCloseTimeout() throws Exception {
    FakeHq hq = FakeHq.onLoopback();
    Turret turret =
        turretFor(hq, builder -> builder.queueCapacity(50_000).closeTimeout(ofMillis(500)));
    try {
      fire(hq, 1);
      // nobody reads from now on
      long deadline = System.nanoTime() + ofSeconds(60).toNanos();
      while (turret.stats().results().produced() - turret.stats().results().sent() < 3_000) {
        assertThat(System.nanoTime()).isLessThan(deadline);
        Thread.onSpinWait();
      }
      long begin = System.nanoTime();
      turret.close();
      assertThat(System.nanoTime() - begin).isLessThan(ofSeconds(10).toNanos());
      TurretRun run = awaitRunEnd();
      assertThat(run.results().unsent()).isPositive();
      assertThat(run.results().produced()).isEqualTo(run.results().sent() + run.results().unsent());
    } finally {
      hq.close();
    }
  }
}
