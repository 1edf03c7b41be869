package dev.broadside.oct.hq;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broadside.metrics.RunResult;
import dev.broadside.oct.testing.PythonZmq;
import java.io.BufferedReader;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A turret like the original one, over libzmq, fires under our headquarters. */
@Timeout(120)
class OriginalTurretTest {
  private static final int CANNONS = 5;

  @Test
  void originalTurret_firesForTwoRunsAndEveryResultIsCounted() throws Exception {
    try (Headquarters hq =
        Headquarters.builder()
            .publishPort(0)
            .resultsPort(0)
            .runTime(Duration.ofSeconds(2))
            .build()) {
      hq.start();
      Process turret =
          new ProcessBuilder(
                  PythonZmq.command(
                      "original_turret.py",
                      "127.0.0.1",
                      hq.publishPort(),
                      hq.resultsPort(),
                      CANNONS))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      try (BufferedReader output = turret.inputReader()) {
        for (int run = 1; run <= 2; run++) check(hq.run(), output.readLine(), run);
        assertThat(hq.turrets())
            .singleElement()
            .satisfies(info -> assertThat(info.name()).isEqualTo("navigation"))
            .satisfies(info -> assertThat(info.cannons()).isEqualTo(CANNONS));

        hq.orders().statusRequest(hq.turrets().get(0).uuid());
        assertThat(turret.waitFor(20, TimeUnit.SECONDS)).as("ends on a directed order").isTrue();
        assertThat(output.readLine()).isEqualTo("ended by status_request");
      } finally {
        turret.destroyForcibly();
      }
    }
  }

  private static void check(RunResult result, String printed, int run) {
    assertThat(printed).isEqualTo("run " + run + " sent " + result.all().count());
    assertThat(result.all().count()).isGreaterThan(100);
    assertThat(result.transactions().keySet()).containsExactly("Noname");
    assertThat(result.all().service().min()).isGreaterThanOrEqualTo(Duration.ofMillis(1));
    assertThat(result.timer("a timer").count()).isEqualTo(result.all().count());
    assertThat(result.errors()).hasSize(1);
    assertThat(result.errors().get(0).text()).isEqualTo("HTTP 500");
    assertThat(result.counters().values()).containsOnly(0L);
  }
}
