package dev.broadside.oct.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broadside.messaging.Account;
import dev.broadside.metrics.Latencies;
import dev.broadside.metrics.RunNote;
import dev.broadside.metrics.ScheduleFigures;
import dev.broadside.metrics.Starts;
import dev.broadside.oct.TurretConfig;
import dev.broadside.oct.TurretRun;
import dev.broadside.oct.TurretState;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TurretNarratorTest {
  private final StringWriter told = new StringWriter();

  private TurretNarrator narrator(int cannons, String load) {
    TurretConfig config =
        TurretConfig.parse(
            Path.of("nav.json"),
            """
            {"name": "nav", "cannons": %d, "rampup": 0, "script": "X", "hq_address": "",
             "hq_publisher": 5000, "hq_rc": 5001 %s}
            """
                .formatted(cannons, load));
    return new TurretNarrator(config, new PrintWriter(told, true));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "5 | ''                                        | 5 cannons",
        "5 | , \"pacing\": 1                           | 5 cannons",
        "1 | , \"rate\": 0.5                           | up to 0.5 arrivals/s",
        "1 | , \"profile\": [{\"users\": 9}, {\"users\": 2000}] | up to 2,000 cannons",
      })
  void running_tellsTheLoad(int cannons, String load, String words) {
    narrator(cannons, load).stateChanged(TurretState.RUNNING);
    assertThat(told.toString().strip()).isEqualTo("nav: fires X with " + words);
  }

  @Test
  void endOfARun_tellsItsScheduleAndItsSeeds() {
    Starts starts = new Starts(10, 3, 0, 2, Duration.ofMillis(1500));
    narrator(1, "")
        .runEnded(
            new TurretRun(
                4,
                TurretRun.End.STOPPED,
                Account.EMPTY,
                0,
                0,
                Duration.ofSeconds(2),
                Duration.ZERO,
                new ScheduleFigures(starts, Latencies.EMPTY, Latencies.EMPTY),
                Map.of("arrivals", 42L),
                List.of(new RunNote("no more customers", false))));
    assertThat(told.toString().lines().skip(1))
        .containsExactly(
            "nav: run 4: 10 scheduled = 5 on time + 3 late + 0 dropped + 2 unstarted, longest wait"
                + " 1,500.0 ms; response time p(50) 0.0 ms, p(99) 0.0 ms; scheduler error p(99)"
                + " 0.0 ms; seeds {arrivals=42}");
  }

  @Test
  void endOfTheLoad_isToldWithItsReason() {
    narrator(1, "").loadEnded(1, Duration.ofMillis(1500), null);
    narrator(1, "").loadEnded(2, Duration.ZERO, new RunNote("no more customers", false));
    assertThat(told.toString().lines())
        .containsExactly(
            "nav: run 1 fires no more after 1.5 s and waits for its stop: its profile is over",
            "nav: run 2 fires no more after 0.0 s and waits for its stop: no more customers");
  }
}
