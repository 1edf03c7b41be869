package dev.broadside.oct;

import dev.broadside.oct.TurretRun.End;
import dev.broadside.oct.protocol.HqCommand;
import dev.broadside.oct.protocol.HqCommand.Kill;
import dev.broadside.oct.protocol.HqCommand.SetTransactionContext;
import dev.broadside.oct.protocol.HqCommand.Start;
import dev.broadside.oct.protocol.HqCommand.StatusRequest;
import dev.broadside.oct.protocol.HqCommand.Stop;
import dev.broadside.oct.protocol.HqCommand.Unknown;
import dev.broadside.oct.protocol.TurretStatus;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The state machine of a turret: what it does with orders, with the connections' coming and going,
 * and with time. One thread calls it, every few milliseconds; it never waits. Source:
 * docs/protocols.md 1.2 and 1.3.
 */
@SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes, others read
final class TurretControl {
  private static final Logger LOG = System.getLogger(TurretControl.class.getName());

  /** A subscription has reached the headquarters so long after the greeting, or never will. */
  private static final long SUBSCRIBED_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  /** A headquarters that waits for turrets has spoken by then; one in mid-run is silent. */
  private static final long JUDGE_NANOS = TimeUnit.MILLISECONDS.toNanos(3500);

  private final String name;
  private final TurretActions actions;
  private final long lostNanos;
  private final StatusPace pace = new StatusPace();
  private final Map<String, @Nullable Object> context = new LinkedHashMap<>();

  private volatile TurretState state = TurretState.NEW;
  private volatile int runs;
  private HqLink.Snapshot link = new HqLink.Snapshot(false, 0, 0, false, 0);
  private long orderHeardOn = -1; // the orders connection that an order arrived on
  private @Nullable Long startWaits; // when a start arrived that could not be obeyed yet
  private boolean introduced; // whether the headquarters may know of this turret
  private @Nullable TurretState endState; // what the end of the run leads to, if not ready
  private boolean finishing;
  private boolean toldOfUnknown;

  // of the run that goes on
  private long runOrdersConnection;
  private long runResultsBreaks;
  private boolean lost;
  private long lostSince;

  TurretControl(String name, Duration headquartersTimeout, TurretActions actions) {
    this.name = name;
    this.lostNanos = headquartersTimeout.toNanos();
    this.actions = actions;
  }

  TurretState state() {
    return state;
  }

  int runs() {
    return runs;
  }

  void started() {
    enter(TurretState.READY);
  }

  /** An order for this turret has arrived. */
  void order(HqCommand command, HqLink.Snapshot now, long nanos) {
    link = now;
    orderHeardOn = now.ordersConnections();
    if (state.isEnd() || finishing) return;
    if (isFromAnother(command)) replaced();
    if (command instanceof StatusRequest) pace.ask();
    else if (command instanceof SetTransactionContext set) context.putAll(set.context());
    else if (command instanceof Start) start(nanos);
    else if (command instanceof Stop) stop();
    else if (command instanceof Kill) end(TurretState.KILLED);
    else if (command instanceof Unknown unknown) ignore(unknown);
    else throw new AssertionError(command);
    speak(nanos);
  }

  private void ignore(Unknown unknown) {
    Level level = toldOfUnknown ? Level.DEBUG : Level.WARNING;
    toldOfUnknown = true;
    LOG.log(level, "turret {0}: unknown order \"{1}\" ignored", name, unknown.name());
  }

  private void start(long nanos) {
    if (state == TurretState.READY) startRun(nanos);
    else if (state == TurretState.STOPPING) startWaits = nanos;
    else LOG.log(Level.DEBUG, "turret {0}: start ignored, a run goes on", name);
  }

  private void startRun(long nanos) {
    runOrdersConnection = link.ordersConnections();
    runResultsBreaks = link.resultsBreaks();
    lost = false;
    runs++;
    pace.sent(nanos); // Running is the answer to what was asked before
    introduced = true;
    state = TurretState.RUNNING; // before the headquarters can know
    actions.startRun(runs, nanos, new LinkedHashMap<>(context));
    context.clear();
    actions.stateChanged(TurretState.RUNNING);
  }

  private void stop() {
    startWaits = null;
    if (state != TurretState.RUNNING) return;
    actions.resumeResults(); // whoever stops this run has started it
    endRun(End.STOPPED, TurretStatus.READY);
  }

  /** Whether there is a run, which {@link #runEnded} tells the end of. */
  private boolean endRun(End end, @Nullable String lastWord) {
    if (state != TurretState.RUNNING && state != TurretState.STOPPING) return false;
    context.clear(); // what arrives from now on is the next run's
    if (state == TurretState.RUNNING) enter(TurretState.STOPPING); // told before the run's end is
    return actions.endRun(end, lastWord);
  }

  /**
   * Only a waiting headquarters sends these: after a reconnect it is not the one that sent start.
   */
  private boolean isFromAnother(HqCommand command) {
    return state == TurretState.RUNNING
        && isReconnected()
        && (command instanceof StatusRequest
            || command instanceof SetTransactionContext
            || command instanceof Start);
  }

  /** Whether both connections were made anew since the run began. */
  private boolean isReconnected() {
    return link.ordersConnections() != runOrdersConnection
        && link.resultsBreaks() != runResultsBreaks;
  }

  private void replaced() {
    LOG.log(Level.WARNING, "turret {0}: another headquarters has come; run {1} ends", name, runs);
    endRun(End.HEADQUARTERS_REPLACED, null);
  }

  /** Closes the turret, whatever it does. */
  void end(TurretState end, HqLink.Snapshot now) {
    link = now;
    end(end);
  }

  private void end(TurretState end) {
    if (state.isEnd() || finishing) return;
    String word = end == TurretState.KILLED ? TurretStatus.KILLED : TurretStatus.ABORTED;
    endWith(end, end == TurretState.KILLED ? End.KILLED : End.CLOSED, word);
  }

  /** The turret itself has failed. */
  void failed(Throwable cause) {
    if (state.isEnd() || finishing) return;
    LOG.log(Level.ERROR, "turret " + name + " failed and is aborted", cause);
    endWith(TurretState.ABORTED, End.FAILED, TurretStatus.ABORTED);
  }

  private void endWith(TurretState end, End runEnd, String word) {
    startWaits = null;
    endState = end;
    if (endRun(runEnd, isHeadquartersGone() ? null : word)) return;
    finish(end, introduced ? word : null);
  }

  /** Whether the headquarters of this run is not there, or one is that may be another. */
  private boolean isHeadquartersGone() {
    return !link.orders() || link.resultsBreaks() != runResultsBreaks;
  }

  private void finish(TurretState end, @Nullable String lastWord) {
    actions.finish(end, lastWord); // if it throws, the next order to end tries again
    finishing = true;
  }

  /**
   * The run's cannons have ended and its connection is closed.
   *
   * @param lastWord the status that was its last message; null for none
   */
  void runEnded(@Nullable String lastWord, HqLink.Snapshot now, long nanos) {
    link = now;
    if (endState != null) {
      String word = endState == TurretState.KILLED ? TurretStatus.KILLED : TurretStatus.ABORTED;
      finish(endState, word.equals(lastWord) ? null : word);
      return;
    }
    if (TurretStatus.READY.equals(lastWord)) pace.sentUnasked(nanos);
    enter(TurretState.READY);
    if (startWaits != null) {
      long arrived = startWaits;
      startWaits = null;
      startRun(arrived);
    }
  }

  /** Time has passed, or a connection has changed. */
  void tick(HqLink.Snapshot now, long nanos) {
    link = now;
    if (finishing) return; // another thread says the last word and frees everything
    if (state == TurretState.RUNNING) watchHeadquarters(nanos);
    if (state == TurretState.READY && !link.results()) actions.reopenResults();
    speak(nanos);
  }

  private void watchHeadquarters(long nanos) {
    if (isHeadquartersAway()) {
      watchLoss(nanos);
    } else if (isReconnected() && nanos - link.ordersSinceNanos() < JUDGE_NANOS) {
      lost = false; // it is back; whether it is the same one shows within this time
    } else {
      settle();
    }
  }

  /** A results connection that has not been made yet is no sign of it. */
  private boolean isHeadquartersAway() {
    return !link.orders() || (!link.results() && link.resultsBreaks() != runResultsBreaks);
  }

  private void watchLoss(long nanos) {
    if (!lost) {
      lost = true;
      lostSince = nanos;
      LOG.log(Level.WARNING, "turret {0}: the headquarters is gone, run {1} goes on", name, runs);
    } else if (nanos - lostSince >= lostNanos) {
      LOG.log(Level.WARNING, "turret {0}: the headquarters stays away; run {1} ends", name, runs);
      endRun(End.HEADQUARTERS_LOST, null);
    }
  }

  /** The same headquarters as before. */
  private void settle() {
    if (link.resultsBreaks() != runResultsBreaks) actions.resumeResults();
    runOrdersConnection = link.ordersConnections();
    runResultsBreaks = link.resultsBreaks();
    lost = false;
  }

  private void speak(long nanos) {
    boolean asked = pace.answerDue(nanos);
    if (state == TurretState.READY) {
      if ((asked || pace.unaskedDue(nanos)) && canHearStart(nanos)) say(TurretStatus.READY, nanos);
    } else if (state == TurretState.RUNNING && asked) {
      say(TurretStatus.RUNNING, nanos);
    } // the ready that ends a run answers what is asked while it ends
  }

  /** A ready may be answered with start at once, so it waits until start cannot be missed. */
  private boolean canHearStart(long nanos) {
    return link.orders()
        && (orderHeardOn == link.ordersConnections()
            || nanos - link.ordersSinceNanos() >= SUBSCRIBED_NANOS);
  }

  private void say(String word, long nanos) {
    if (!actions.sendStatus(word)) return;
    pace.sent(nanos);
    introduced = true;
  }

  /** Everything is freed. */
  void ended(TurretState end) {
    enter(end);
  }

  private void enter(TurretState next) {
    state = next;
    actions.stateChanged(next);
  }
}
