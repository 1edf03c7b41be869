package dev.broadside.oct.hq;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.broadside.metrics.RunResult;
import dev.broadside.oct.Turret;
import dev.broadside.oct.TurretListener;
import dev.broadside.oct.TurretRun;
import dev.broadside.users.Transaction;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Our two ends together: what the one counts, the other does. */
@Timeout(180)
class TurretUnderHeadquartersTest {
  private final LinkedBlockingQueue<TurretRun> runs = new LinkedBlockingQueue<>();

  private Turret.Builder turretFor(Headquarters hq, Transaction transaction) {
    return Turret.builder(() -> transaction)
        .headquarters("127.0.0.1", hq.publishPort(), hq.resultsPort())
        .listener(
            new TurretListener() {
              @Override
              public void runEnded(TurretRun run) {
                runs.add(run);
              }
            });
  }

  private static Headquarters started(Headquarters.Builder builder) {
    Headquarters hq = builder.publishPort(0).resultsPort(0).build();
    hq.start();
    return hq;
  }

  private TurretRun awaitRunEnd() throws InterruptedException {
    TurretRun run = runs.poll(30, TimeUnit.SECONDS);
    assertThat(run).as("end of the run").isNotNull();
    return run;
  }

  @Test
  void million_isCountedToTheLastOnBothEnds() throws Exception {
    AtomicLong fired = new AtomicLong();
    try (Headquarters hq = started(Headquarters.builder().runTime(ofSeconds(100)));
        Turret turret =
            turretFor(hq, context -> endAfter(1_000_000, fired, hq)).cannons(50).build()) {
      turret.start();
      RunResult result = hq.run();
      TurretRun run = awaitRunEnd();
      assertThat(run.results().produced()).isGreaterThanOrEqualTo(1_000_000);
      assertThat(result.all().count()).isEqualTo(run.results().produced());
      assertThat(run.results().dropped() + run.results().unsent()).isZero();
      assertThat(result.counters().values()).containsOnly(0L);
    }
  }

  private static void endAfter(long count, AtomicLong fired, Headquarters hq) {
    if (fired.incrementAndGet() == count) hq.endRun();
  }

  @Test
  void runs_followEachOtherAndShareNothing() throws Exception {
    Transaction transaction =
        context -> {
          TimeUnit.MICROSECONDS.sleep(500);
          context.addTime("timer " + context.runContext().get("run"), ofMillis(1));
        };
    try (Headquarters hq =
            started(
                Headquarters.builder()
                    .runTime(ofMillis(500))
                    .transactionContext(Map.of("run", "of this headquarters")));
        Turret turret = turretFor(hq, transaction).cannons(4).name("nav").build()) {
      turret.start();
      for (int run = 1; run <= 3; run++) {
        RunResult result = hq.run();
        assertThat(result.all().count()).isEqualTo(awaitRunEnd().results().produced());
        assertThat(result.timers()).containsOnlyKeys("timer of this headquarters");
        assertThat(result.groups()).containsOnlyKeys("nav");
      }
    }
  }

  @Test
  void twoTurrets_areToldApartByName() throws Exception {
    Transaction transaction = context -> TimeUnit.MILLISECONDS.sleep(1);
    try (Headquarters hq = started(Headquarters.builder().turrets(2).runTime(ofMillis(300)));
        Turret one = turretFor(hq, transaction).name("one").build();
        Turret two = turretFor(hq, transaction).name("two").cannons(3).build()) {
      one.start();
      two.start();
      RunResult result = hq.run();
      assertThat(result.groups()).containsOnlyKeys("one", "two");
      long produced = awaitRunEnd().results().produced() + awaitRunEnd().results().produced();
      assertThat(result.all().count()).isEqualTo(produced);
    }
  }

  @Test
  void kill_endsTheTurretAndIsListed() throws Exception {
    Transaction transaction = context -> TimeUnit.MILLISECONDS.sleep(1);
    try (Headquarters hq = started(Headquarters.builder().runTime(ofMillis(200)));
        Turret turret = turretFor(hq, transaction).build()) {
      turret.start();
      assertThat(hq.run().all().count()).isPositive();
      hq.orders().kill(turret.uuid());
      assertThat(turret.awaitEnd(ofSeconds(20))).isTrue();
    }
  }
}
