package dev.broadside.oct.hq;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broadside.metrics.RunResult;
import dev.broadside.oct.testing.Await;
import dev.broadside.report.ConsoleReport;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever a turret sends costs itself and nothing else. */
@Timeout(60)
class OddMessagesTest {
  private final List<List<byte[]>> bad = OddMessages.bad();
  private final List<List<byte[]>> accepted = OddMessages.accepted();

  @Test
  void oddMessages_costNoGoodResult() throws Exception {
    assertThat(bad).hasSizeGreaterThan(60);
    try (Headquarters hq =
        Headquarters.builder()
            .publishPort(0)
            .resultsPort(0)
            .runTime(Duration.ofSeconds(60))
            .maxLabels(100)
            .build()) {
      hq.start();
      try (FakeTurret turret = new FakeTurret(hq, "navigation")) {
        turret.says("ready");
        CompletableFuture<RunResult> run = CompletableFuture.supplyAsync(hq::run);
        turret.awaitOrder("start");
        turret.says("Running");
        bad.forEach(message -> sendBesideGood(turret, message));
        accepted.forEach(message -> sendBesideGood(turret, message));
        turret.fires(1);
        turret.says("done"); // the last message
        awaitStatus(hq, "done");
        hq.endRun();
        turret.awaitOrder("stop");
        turret.says("ready");
        check(run.get(40, TimeUnit.SECONDS));
      }
    }
  }

  private static void sendBesideGood(FakeTurret turret, List<byte[]> message) {
    turret.fires(1);
    turret.send(message.toArray(new byte[0][]));
  }

  private static void awaitStatus(Headquarters hq, String word) {
    Await.until("status " + word, () -> hq.turrets().get(0).status().equals(word));
  }

  private void check(RunResult result) {
    long good = bad.size() + accepted.size() + 1L;
    assertThat(result.transaction("navigation").count()).isEqualTo(good);
    assertThat(result.all().count()).isEqualTo(good + accepted.size());
    assertThat(result.transaction("Noname").count()).isEqualTo(1);
    assertThat(result.counters()).containsEntry("malformed", (long) bad.size());
    assertThat(result.timers()).hasSize(101);
    assertThat(result.errors()).hasSize(6);
    assertThat(ConsoleReport.text(result)).doesNotContain("\u001b", "\u0000");
  }
}
