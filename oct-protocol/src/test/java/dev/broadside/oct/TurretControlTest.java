package dev.broadside.oct;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.broadside.oct.HqLink.Snapshot;
import dev.broadside.oct.protocol.HqCommand;
import dev.broadside.oct.protocol.HqCommand.Kill;
import dev.broadside.oct.protocol.HqCommand.SetTransactionContext;
import dev.broadside.oct.protocol.HqCommand.Start;
import dev.broadside.oct.protocol.HqCommand.StatusRequest;
import dev.broadside.oct.protocol.HqCommand.Stop;
import dev.broadside.oct.protocol.HqCommand.Unknown;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The state machine, with time moved by hand. */
class TurretControlTest {
  private static final Snapshot DOWN = new Snapshot(false, 1, 0, false, 1);

  private final Recorder actions = new Recorder();
  private final TurretControl control = new TurretControl("t", ofSeconds(30), actions);
  private long now = 1_000_000_000L;
  private Snapshot link = new Snapshot(false, 0, 0, false, 0);

  @BeforeEach
  void start() {
    control.started();
    actions.done.clear();
  }

  private void advance(Duration time) {
    now += time.toNanos();
    control.tick(link, now);
  }

  private void connect() {
    link = new Snapshot(true, link.ordersConnections() + 1, now, true, link.resultsBreaks());
    control.tick(link, now);
  }

  private void disconnect() {
    link = new Snapshot(false, link.ordersConnections(), 0, false, link.resultsBreaks() + 1);
    control.tick(link, now);
  }

  private void order(HqCommand command) {
    control.order(command, link, now);
  }

  private void run() {
    connect();
    order(new Start());
    actions.done.clear();
  }

  @Test
  void ready_isSaid200MillisecondsAfterTheGreeting() {
    connect();
    advance(ofMillis(199));
    assertThat(actions.done).isEmpty();
    advance(ofMillis(1));
    assertThat(actions.done).containsExactly("status ready");
  }

  @Test
  void ready_isSaidAtOnceWhenAnOrderHasArrived() {
    connect();
    order(new StatusRequest());
    assertThat(actions.done).containsExactly("status ready");
  }

  @Test
  void ready_waitsAnewAfterEveryReconnect() {
    connect();
    order(new StatusRequest());
    disconnect();
    actions.done.clear();
    now += ofSeconds(5).toNanos();
    connect();
    advance(ofMillis(100));
    assertThat(actions.done).isEmpty();
    advance(ofMillis(100));
    assertThat(actions.done).containsExactly("status ready");
  }

  @Test
  void ready_comesEachTwoSecondsUnasked() {
    connect();
    for (int i = 0; i < 1000; i++) advance(ofMillis(10)); // 10 s
    assertThat(actions.done).hasSize(5).containsOnly("status ready");
  }

  @Test
  void requests_areAnsweredTogetherEach100Milliseconds() {
    connect();
    advance(ofMillis(500));
    actions.done.clear();
    for (int i = 0; i < 100; i++) {
      order(new StatusRequest());
      advance(ofMillis(10)); // 1 s in all
    }
    assertThat(actions.done).hasSizeBetween(9, 11).containsOnly("status ready");
  }

  @Test
  void status_thatCannotLeaveIsNotCountedAsSaid() {
    actions.canSend = false;
    connect();
    order(new StatusRequest());
    advance(ofSeconds(10));
    actions.canSend = true;
    actions.done.clear();
    advance(ofMillis(10));
    assertThat(actions.done).containsExactly("status ready");
  }

  @Test
  void start_runsOnceAndAnswersRunning() {
    connect();
    order(new SetTransactionContext(Map.of("a", 1)));
    order(new Start());
    order(new Start());
    assertThat(actions.done).containsExactly("status ready", "start 1 {a=1}", "state RUNNING");
    advance(ofSeconds(10));
    assertThat(actions.done).hasSize(3); // nothing unasked while it runs
    order(new StatusRequest());
    assertThat(actions.done).endsWith("status Running");
  }

  @Test
  void start_thatCannotBeObeyedAbortsTheTurret() {
    actions.canRun = false;
    connect();
    assertThatThrownBy(() -> order(new Start())).hasMessage("no cannons");
    control.failed(new IllegalStateException("no cannons"));
    assertThat(actions.done).containsExactly("state STOPPING", "finish ABORTED Aborted");
    order(new Kill());
    assertThat(actions.done).hasSize(2);
  }

  @Test
  void kill_isObeyedWhenAnEarlierEndCouldNotBegin() {
    connect();
    order(new StatusRequest());
    actions.canFinish = false;
    assertThatThrownBy(() -> control.failed(new IllegalStateException("no cannons")))
        .isInstanceOf(OutOfMemoryError.class);
    actions.canFinish = true;
    order(new Kill());
    assertThat(actions.done).containsExactly("status ready", "finish KILLED Killed");
  }

  @Test
  void stop_endsTheRunAndReadyIsNotRepeatedAtOnce() {
    run();
    order(new Stop());
    order(new Stop());
    assertThat(actions.done).containsExactly("resume", "state STOPPING", "end STOPPED ready");
    control.runEnded("ready", link, now);
    advance(ofMillis(1900));
    assertThat(actions.done).endsWith("state READY");
    advance(ofMillis(100));
    assertThat(actions.done).endsWith("status ready");
  }

  @Test
  void stop_whenIdleIsIgnored() {
    connect();
    order(new Stop());
    assertThat(actions.done).containsExactly("status ready");
  }

  @Test
  void start_whileTheRunEndsIsObeyedAfterwards() {
    run();
    order(new Stop());
    order(new SetTransactionContext(Map.of("b", 2)));
    order(new Start());
    actions.done.clear();
    control.runEnded("ready", link, now);
    assertThat(actions.done).containsExactly("state READY", "start 2 {b=2}", "state RUNNING");
  }

  @Test
  void context_ofOneRunDoesNotReachTheNext() {
    connect();
    order(new SetTransactionContext(Map.of("a", 1)));
    order(new Start());
    order(new SetTransactionContext(Map.of("late", 1)));
    order(new Stop());
    control.runEnded("ready", link, now);
    actions.done.clear();
    order(new Start());
    assertThat(actions.done).contains("start 2 {}");
  }

  @Test
  void kill_whenIdleFinishes() {
    connect();
    order(new StatusRequest());
    actions.done.clear();
    order(new Kill());
    order(new Start());
    assertThat(actions.done).containsExactly("finish KILLED Killed");
  }

  @Test
  void tick_afterTheLastWordDoesNothing() {
    connect();
    order(new StatusRequest());
    order(new Kill());
    actions.done.clear();
    advance(ofSeconds(5));
    disconnect();
    advance(ofSeconds(5));
    assertThat(actions.done).isEmpty();
  }

  @Test
  void kill_inMidRunMakesKilledItsLastWord() {
    run();
    order(new Kill());
    assertThat(actions.done).containsExactly("state STOPPING", "end KILLED Killed");
    control.runEnded("Killed", link, now);
    assertThat(actions.done).endsWith("finish KILLED null");
  }

  @Test
  void kill_afterReadyWasQueuedIsStillSaid() {
    run();
    order(new Stop());
    order(new Kill());
    control.runEnded("ready", link, now); // it was too late to change the run's last word
    assertThat(actions.done).endsWith("finish KILLED Killed");
  }

  @Test
  void end_beforeAnyReadySaysNothing() {
    connect();
    control.end(TurretState.ABORTED, link);
    assertThat(actions.done).containsExactly("finish ABORTED null");
  }

  @Test
  void failed_inMidRunAborts() {
    run();
    control.failed(new IllegalStateException("staged"));
    control.failed(new IllegalStateException("and again"));
    control.runEnded("Aborted", link, now);
    assertThat(actions.done)
        .containsSubsequence("end FAILED Aborted", "finish ABORTED null")
        .filteredOn(action -> action.startsWith("finish"))
        .hasSize(1);
  }

  @Test
  void unknown_isIgnored() {
    connect();
    order(new Unknown("foo"));
    assertThat(actions.done).containsExactly("status ready");
  }

  @Test
  void lostHeadquarters_endsTheRunAfterItsTimeout() {
    run();
    disconnect();
    advance(ofMillis(29_999));
    assertThat(actions.done).isEmpty();
    advance(ofMillis(1));
    assertThat(actions.done).containsExactly("state STOPPING", "end HEADQUARTERS_LOST null");
  }

  @Test
  void silence_provesTheSameHeadquarters() {
    run();
    disconnect();
    advance(ofSeconds(20));
    connect();
    advance(ofMillis(3_499));
    assertThat(actions.done).isEmpty();
    advance(ofMillis(1));
    assertThat(actions.done).containsExactly("resume");
    order(new StatusRequest()); // of the same one, much later
    assertThat(actions.done).endsWith("status Running");
  }

  @Test
  void orderOfAWaitingHeadquarters_provesAnother() {
    run();
    disconnect();
    connect();
    advance(ofSeconds(3));
    order(new StatusRequest());
    assertThat(actions.done).containsExactly("state STOPPING", "end HEADQUARTERS_REPLACED null");
    control.runEnded(null, link, now);
    assertThat(actions.done).endsWith("state READY");
    advance(ofMillis(10));
    assertThat(actions.done).endsWith("status ready");
  }

  @Test
  void stop_provesTheSameHeadquarters() {
    run();
    disconnect();
    connect();
    order(new Stop());
    assertThat(actions.done).containsExactly("resume", "state STOPPING", "end STOPPED ready");
  }

  @Test
  void breakOfTheResultsAlone_isNoOtherHeadquarters() {
    run();
    link = new Snapshot(true, 1, link.ordersSinceNanos(), false, 1);
    advance(ofMillis(200));
    order(new StatusRequest());
    assertThat(actions.done).containsExactly("status Running");
    link = new Snapshot(true, 1, link.ordersSinceNanos(), true, 1);
    advance(ofMillis(10));
    assertThat(actions.done).endsWith("resume");
  }

  @Test
  void idleTurretWithoutConnection_throwsStatusesAway() {
    link = DOWN;
    control.tick(link, now);
    assertThat(actions.done).containsExactly("reopen");
  }

  private static final class Recorder implements TurretActions {
    final List<String> done = new ArrayList<>();
    boolean canSend = true;
    boolean canRun = true;
    boolean canFinish = true;

    @Override
    public boolean sendStatus(String word) {
      if (canSend) done.add("status " + word);
      return canSend;
    }

    @Override
    public void startRun(int number, long nanos, Map<String, @Nullable Object> context) {
      if (!canRun) throw new IllegalStateException("no cannons");
      done.add("start " + number + " " + context);
    }

    @Override
    public boolean endRun(TurretRun.End end, @Nullable String lastWord) {
      if (canRun) done.add("end " + end + " " + lastWord);
      return canRun;
    }

    @Override
    public void resumeResults() {
      done.add("resume");
    }

    @Override
    public void reopenResults() {
      if (!done.contains("reopen")) done.add("reopen");
    }

    @Override
    public void finish(TurretState end, @Nullable String lastWord) {
      if (!canFinish) throw new OutOfMemoryError("no thread");
      done.add("finish " + end + " " + lastWord);
    }

    @Override
    public void stateChanged(TurretState state) {
      done.add("state " + state);
    }
  }
}
