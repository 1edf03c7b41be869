package dev.broadside.oct.hq;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.broadside.oct.hq.Stage.Firing;
import dev.broadside.oct.hq.Stage.WaitForReady;
import dev.broadside.oct.hq.Stage.WaitForSilence;
import dev.broadside.oct.hq.Stage.WaitForTurrets;
import dev.broadside.oct.protocol.HqCommand;
import dev.broadside.oct.protocol.HqCommand.SetTransactionContext;
import dev.broadside.oct.protocol.HqCommand.Start;
import dev.broadside.oct.protocol.HqCommand.StatusRequest;
import dev.broadside.oct.protocol.HqCommand.Stop;
import dev.broadside.oct.protocol.TurretStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StageTest {
  private static final SetTransactionContext CONTEXT =
      new SetTransactionContext(Map.of("host", "target"));

  private final ManualClock time = new ManualClock();
  private final TurretRoster roster = new TurretRoster(10);
  private boolean heard = true;
  private final AtomicLong lastConnection = new AtomicLong(time.now());

  private void says(String uuid, String word) {
    TurretStatus status = new TurretStatus("navigation", word, uuid, 0, "v_user.py", 1);
    roster.update(status, time.now(), time.clock().instant());
  }

  /** What a stage orders in this time, each with the millisecond when it does. */
  private List<String> orders(Stage stage, Duration duration) {
    List<String> orders = new ArrayList<>();
    for (int millis = 0; millis < duration.toMillis(); millis += 10) {
      for (HqCommand command : stage.due(time.now())) {
        if (command instanceof StatusRequest) roster.asked(time.now());
        orders.add(millis + " " + command.getClass().getSimpleName());
      }
      time.advance(ofMillis(10));
    }
    return orders;
  }

  private WaitForTurrets waitFor(int turrets, long timeoutNanos) {
    return new WaitForTurrets(roster, () -> heard, turrets, timeoutNanos, time.now());
  }

  private Firing firing() {
    roster.beginRun(time.now());
    long run = ofSeconds(60).toNanos();
    return new Firing(roster, lastConnection::get, CONTEXT, run, time.now());
  }

  @Test
  void waitForTurrets_asksEveryTwoSeconds() {
    assertThat(orders(waitFor(1, Long.MAX_VALUE), ofSeconds(5)))
        .containsExactly("0 StatusRequest", "2000 StatusRequest", "4000 StatusRequest");
  }

  @Test
  void waitForTurrets_answersNoStatusWithARequest() {
    WaitForTurrets waiting = waitFor(2, Long.MAX_VALUE);
    int requests = 0;
    for (int i = 0; i < 1999; i++) {
      says("U-1", "ready");
      requests += waiting.due(time.now()).size();
      time.advance(ofMillis(1));
    }
    assertThat(requests).isEqualTo(1);
  }

  @Test
  void waitForTurrets_isOverWhenAllAreReadyAtOnce() {
    WaitForTurrets waiting = waitFor(2, Long.MAX_VALUE);
    says("U-1", "ready");
    time.advance(ofSeconds(6));
    says("U-2", "ready");
    assertThat(waiting.isOver(time.now())).as("U-1 may be gone").isFalse();
    says("U-1", "ready");
    assertThat(waiting.isOver(time.now())).isTrue();
    assertThat(waiting.due(time.now())).as("no request before the start").isEmpty();
  }

  @Test
  void waitForTurrets_asksAndIsOverOnlyWhenOrdersAreHeard() {
    heard = false;
    WaitForTurrets waiting = waitFor(2, Long.MAX_VALUE);
    says("U-1", "ready"); // unasked, through a streamer
    says("U-2", "ready");
    assertThat(orders(waiting, ofSeconds(3))).isEmpty();
    assertThat(waiting.isOver(time.now())).isFalse();
    heard = true;
    assertThat(waiting.isOver(time.now())).isTrue();
  }

  @Test
  void waitForTurrets_asksAsSoonAsItIsHeard() {
    heard = false;
    WaitForTurrets waiting = waitFor(1, Long.MAX_VALUE);
    assertThat(orders(waiting, ofSeconds(3))).isEmpty();
    heard = true;
    assertThat(orders(waiting, ofSeconds(3)))
        .containsExactly("0 StatusRequest", "2000 StatusRequest");
  }

  @Test
  void waitForTurrets_isOverWhenTimeIsUp() {
    WaitForTurrets waiting = waitFor(1, ofSeconds(60).toNanos());
    time.advance(ofSeconds(60).minusNanos(1));
    assertThat(waiting.isOver(time.now())).isFalse();
    time.advance(Duration.ofNanos(1));
    assertThat(waiting.isOver(time.now())).isTrue();
    assertThat(waiting.isComplete(time.now())).isFalse();
  }

  @Test
  void waitForTurrets_waitsForDaysWithoutTimeout() {
    WaitForTurrets waiting = waitFor(1, Long.MAX_VALUE);
    time.advance(Duration.ofDays(1000));
    assertThat(waiting.isOver(time.now())).isFalse();
  }

  @Test
  void firing_lastsForTheRunTime() {
    Firing firing = firing();
    time.advance(ofSeconds(60).minusNanos(1));
    assertThat(firing.isOver(time.now())).isFalse();
    time.advance(Duration.ofNanos(1));
    assertThat(firing.isOver(time.now())).isTrue();
  }

  @Test
  void firing_asksEveryFiveSeconds() {
    assertThat(orders(firing(), ofSeconds(12)))
        .containsExactly("5000 StatusRequest", "10000 StatusRequest");
  }

  @Test
  void firing_ordersNothingForFourSecondsAfterAConnection() {
    Firing firing = firing();
    time.advance(ofSeconds(4));
    lastConnection.set(time.now()); // came back

    assertThat(orders(firing, ofSeconds(5))).containsExactly("4000 StatusRequest");
  }

  @Test
  void firing_startsATurretThatCameLate() {
    says("U-1", "ready");
    Firing firing = firing();
    says("U-1", "Running");
    time.advance(ofSeconds(10));
    assertThat(firing.due(time.now())).containsExactly(new StatusRequest());

    lastConnection.set(time.now());
    time.advance(ofSeconds(3));
    says("U-2", "ready");
    assertThat(firing.due(time.now())).isEmpty();
    time.advance(ofSeconds(1));
    assertThat(firing.due(time.now())).containsExactly(CONTEXT, new Start());
    time.advance(ofMillis(10));
    assertThat(firing.due(time.now())).as("it has time to say Running").isEmpty();
    says("U-2", "Running");
    assertThat(orders(firing, ofSeconds(5))).containsExactly("990 StatusRequest");
  }

  @Test
  void firing_startsNoOneTwiceForAReadyThatCrossedTheStart() {
    says("U-1", "ready");
    Firing firing = firing();
    says("U-1", "ready"); // the answer to a request before the start
    time.advance(ofMillis(1));
    says("U-1", "Running");

    assertThat(orders(firing, ofSeconds(4))).isEmpty();
  }

  @Test
  void waitForReady_stopsEveryTwoSecondsForFifteenAtMost() {
    says("U-1", "ready");
    roster.beginRun(time.now());
    says("U-1", "Running");
    WaitForReady waiting = new WaitForReady(roster, time.now());

    assertThat(orders(waiting, ofSeconds(5))).containsExactly("0 Stop", "2000 Stop", "4000 Stop");
    time.advance(ofSeconds(10).minusMillis(1));
    assertThat(waiting.isOver(time.now())).isFalse();
    time.advance(ofMillis(1));
    assertThat(waiting.isOver(time.now())).isTrue();
  }

  @Test
  void waitForReady_isOverAtTheLastReady() {
    says("U-1", "ready");
    roster.beginRun(time.now());
    says("U-1", "Running");
    time.advance(ofSeconds(1));
    WaitForReady waiting = new WaitForReady(roster, time.now());

    assertThat(waiting.due(time.now())).containsExactly(new Stop());
    assertThat(waiting.isOver(time.now())).isFalse();
    time.advance(ofMillis(300));
    says("U-1", "ready");
    assertThat(waiting.isOver(time.now())).isTrue();
  }

  @Test
  void waitForSilence_isOverAfterHalfASecondWithoutResults() {
    AtomicLong results = new AtomicLong(7);
    WaitForSilence waiting = new WaitForSilence(results::get, time.now());
    time.advance(ofMillis(400));
    results.set(8);
    assertThat(waiting.isOver(time.now())).isFalse();
    time.advance(ofMillis(499));
    assertThat(waiting.isOver(time.now())).isFalse();
    time.advance(ofMillis(1));
    assertThat(waiting.isOver(time.now())).isTrue();
  }

  @Test
  void waitForSilence_isOverAtLastEvenIfAPeerNeverFallsSilent() {
    AtomicLong results = new AtomicLong();
    WaitForSilence waiting = new WaitForSilence(results::get, time.now());
    int steps = 0;
    while (!waiting.isOver(time.now())) {
      results.incrementAndGet();
      time.advance(ofMillis(10));
      steps++;
    }
    assertThat(steps).isEqualTo(1500);
  }
}
