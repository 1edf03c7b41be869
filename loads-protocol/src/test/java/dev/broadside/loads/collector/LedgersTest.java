package dev.broadside.loads.collector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broadside.loads.protocol.LoadsMessage;
import dev.broadside.loads.protocol.LoadsMessage.AddSuccess;
import dev.broadside.loads.protocol.LoadsMessage.StartTest;
import dev.broadside.loads.protocol.LoadsMessage.StopTest;
import dev.broadside.loads.protocol.LoadsReport;
import dev.broadside.loads.protocol.LoadsStatus;
import dev.broadside.metrics.Summary;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class LedgersTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  private long nanos = 5;
  private final Ledgers ledgers = new Ledgers(1000, InstantSource.fixed(NOON), () -> nanos);

  @Test
  void tests_areTimedFromStartToOutcome() {
    record("r", new StartTest("t", status(1)));
    advance(100);
    record("r", new StartTest("t", status(2)));
    advance(50);
    record("r", new AddSuccess("t", status(1)), new StopTest("t", status(1)));
    advance(50);
    record("r", new AddSuccess("t", status(2)));

    LoadsResult result = ledgers.result(0);
    Summary test = result.run().transaction("t");
    assertThat(test.service().min()).isEqualTo(Duration.ofMillis(100));
    assertThat(test.service().max()).isEqualTo(Duration.ofMillis(150));
    assertThat(result.run().started()).isEqualTo(NOON);
    assertThat(result.run().duration()).isEqualTo(Duration.ofMillis(200));
    assertThat(result.unfinished()).isEqualTo(1);
  }

  @Test
  void tests_ofOneNameInTwoRuns_doNotMeet() {
    record("one", new StartTest("t", status(1)));
    advance(100);
    record("two", new StartTest("t", status(1)));
    advance(10);
    record("one", new AddSuccess("t", status(1)));
    assertThat(ledgers.result(0).run().transaction("t").service().max())
        .isEqualTo(Duration.ofMillis(110));
  }

  @Test
  void outcome_withoutAStart_tookNoTime() {
    record("r", new AddSuccess("t", status(1)));
    assertThat(ledgers.result(0).run().transaction("t").service().max()).isZero();
  }

  @Test
  void batch_hasNoOrder() {
    record("r", new StopTest("t", status(1)), new AddSuccess("t", status(1)));
    record(
        "r",
        new StopTest("t", status(1)),
        new AddSuccess("t", status(1)),
        new StartTest("t", status(1)));
    advance(70);
    record("r", new AddSuccess("t", status(1)));
    assertThat(ledgers.result(0).run().transaction("t").service().max()).isZero();
  }

  @Test
  void runs_areBounded() {
    for (int i = 0; i < 150; i++) record("run " + i, new AddSuccess("t", status(1)));
    assertThat(ledgers.runIds()).hasSize(101).contains("(other)");
    LoadsResult other = ledgers.result("(other)", 0);
    assertThat(other).isNotNull();
    assertThat(other.successes()).isEqualTo(50);
    assertThat(ledgers.result(0).successes()).isEqualTo(150);
  }

  private void advance(long millis) {
    nanos += Duration.ofMillis(millis).toNanos();
  }

  private static LoadsStatus status(int user) {
    return new LoadsStatus(3, 2, 1, user);
  }

  private void record(String run, LoadsMessage... messages) {
    ledgers.record(new LoadsReport("None", run, null, List.of(messages), List.of()));
  }
}
