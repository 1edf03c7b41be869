package dev.broadside.oct.hq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.broadside.metrics.Measurement;
import dev.broadside.metrics.RunRecorder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IntakeTest {
  private final ManualClock time = new ManualClock();
  private final TurretRoster roster = new TurretRoster(1);
  private final HqCounters counters = new HqCounters();
  private final List<Measurement> heard = new ArrayList<>();
  private final List<byte[]> raw = new ArrayList<>();
  private final RunRecorder recorder = RunRecorder.create();
  private int statuses;
  private final Intake intake =
      new Intake(
          time.clock(),
          roster,
          counters,
          () -> "the results port",
          () -> statuses++,
          new GuardedListener<>(heard::add, counters, time.clock()),
          raw::add);

  private void receive(String message) {
    intake.onMessage(List.of(message.getBytes(UTF_8)));
  }

  private void receiveResult(double elapsed) {
    receive(
        "{\"turret_name\":\"navigation\",\"elapsed\":"
            + elapsed
            + ",\"epoch\":1453731738,\"scriptrun_time\":0.25,\"error\":\"\",\"custom_timers\":{}}");
  }

  private RunLedger openRun() {
    RunLedger ledger = new RunLedger(recorder, time.now(), null);
    intake.open(ledger);
    return ledger;
  }

  @Test
  void result_becomesAMeasurement() {
    openRun();
    receive(
        "{\"elapsed\":0.75,\"epoch\":1,\"scriptrun_time\":0.25,\"error\":\"no money\","
            + "\"custom_timers\":{\"login\":0.125}}");

    assertThat(heard)
        .containsExactly(
            new Measurement(
                "Noname",
                "Noname",
                500_000_000,
                250_000_000,
                "no money",
                Map.of("login", 125_000_000L)));
    assertThat(recorder.count()).isEqualTo(1);
    assertThat(recorder.failures()).isEqualTo(1);
  }

  @Test
  void result_outsideOfARunIsRefused() {
    receiveResult(0);
    openRun();
    receiveResult(0);
    intake.close();
    receiveResult(0);

    assertThat(recorder.count()).isEqualTo(1);
    assertThat(raw).as("live results").hasSize(1);
    assertThat(counters.counts()).containsEntry("refused outside a run", 2L);
  }

  @Test
  void result_thatIsOlderThanTheRunByMoreThanASecondIsRefused() {
    openRun();
    time.advance(ofSeconds(10));
    receiveResult(11.0);
    receiveResult(11.000001);
    receiveResult(1e6);

    assertThat(heard).hasSize(1);
    assertThat(counters.counts()).containsEntry("refused as of an earlier run", 2L);
  }

  @Test
  void result_isNotRefusedForATickThatIsLongAgo() {
    openRun();
    intake.tick();
    time.advance(ofSeconds(20)); // no tick, say for a garbage collection
    receiveResult(20);

    assertThat(heard).hasSize(1);
  }

  @Test
  void result_isRefusedOnceItsLedgerIsClosed() {
    openRun().close();
    receiveResult(0);

    assertThat(recorder.count()).isZero();
    assertThat(counters.counts()).containsEntry("refused outside a run", 1L);
  }

  @Test
  void result_countsFromTheStartOfItsTurret() {
    RunLedger ledger = openRun();
    time.advance(ofSeconds(10));
    ledger.started("navigation", time.now());
    receiveResult(1);

    assertThat(heard.get(0).endNanos()).isEqualTo(ofSeconds(11).toNanos());
  }

  @Test
  void epoch_showsTheClockOfItsTurretAndNothingElse() {
    RunLedger ledger = openRun();
    receiveResult(0);
    assertThat(ledger.clocks().words("navigation")).isEqualTo("epoch makes no sense");
    assertThat(heard.get(0).endNanos()).isZero();
  }

  @Test
  void status_goesToTheRoster() {
    receive(status("U-1"));
    receive(status("U-2")); // for whom this roster has no room

    assertThat(statuses).isEqualTo(2);
    assertThat(roster.turrets(time.now())).extracting(TurretInfo::uuid).containsExactly("U-1");
    assertThat(counters.counts()).containsEntry("statuses of unlisted turrets", 1L);
  }

  private static String status(String uuid) {
    return "{\"turret\":\"a\",\"status\":\"ready\",\"uuid\":\""
        + uuid
        + "\",\"rampup\":\"30\",\"script\":\"s\",\"cannons\":\"250\"}";
  }

  @Test
  void malformedMessage_costsItself() {
    openRun();
    receive("");
    receive("not json");
    receiveResult(0);

    assertThat(heard).hasSize(1);
    assertThat(counters.counts()).containsEntry("malformed", 2L);
  }

  @Test
  void listener_thatFailsIsCounted() {
    GuardedListener<Measurement> failing =
        new GuardedListener<>(
            measurement -> {
              throw new AssertionError("no");
            },
            counters,
            time.clock());
    Intake fragile =
        new Intake(time.clock(), roster, counters, () -> "here", () -> {}, failing, raw::add);
    fragile.open(new RunLedger(recorder, time.now(), null));
    for (int i = 0; i < 3; i++) {
      fragile.onMessage(
          List.of(
              "{\"elapsed\":1,\"epoch\":1,\"scriptrun_time\":1,\"error\":\"\",\"custom_timers\":{}}"
                  .getBytes(UTF_8)));
    }
    assertThat(recorder.count()).isEqualTo(3);
    assertThat(counters.counts()).containsEntry("listener failures", 3L);
  }
}
