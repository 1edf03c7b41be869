package dev.broadside.oct;

import dev.broadside.messaging.Account;
import dev.broadside.messaging.MessageSender;
import dev.broadside.metrics.RunNote;
import dev.broadside.metrics.ScheduleFigures;
import dev.broadside.oct.TurretRun.End;
import dev.broadside.oct.protocol.TurretStatus;
import dev.broadside.users.UserPool;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One run of a turret: its cannons, its sender, and the thread that starts the ones as the ramp-up
 * demands and closes the other when they have ended.
 */
final class RunInProgress {
  private final int number;
  private final long startNanos;
  private final TurretSettings settings;
  private final MessageSender sender;
  private final ResultSender results;
  private final UserPool cannons;
  private final long disconnectsBefore; // of the time when the turret was idle on this connection
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile End end = End.FAILED;
  private volatile @Nullable String lastWord;
  private volatile long firedNanos;
  private volatile @Nullable RunNote endReason;

  RunInProgress(
      int number,
      long startNanos,
      TurretSettings settings,
      MessageSender sender,
      ResultSender results,
      UserPool.Builder cannons) {
    this.number = number;
    this.startNanos = startNanos;
    this.settings = settings;
    this.sender = sender;
    this.results = results;
    this.cannons = cannons.onEndRun(this::endedByItself).build();
    this.disconnectsBefore = sender.account().disconnects();
  }

  /**
   * Begins to fire.
   *
   * @param onFailure called when cannons cannot be run; the run goes on to its end
   * @param onLoadEnd called on the run's own thread when the load has ended by itself
   * @param onEnd called on the run's own thread once its account is closed
   */
  void start(
      Consumer<? super Throwable> onFailure,
      Consumer<? super RunInProgress> onLoadEnd,
      Consumer<? super RunInProgress> onEnd) {
    Thread thread = new Thread(() -> run(onFailure, onLoadEnd, onEnd), "run-" + settings.name());
    thread.setDaemon(true);
    thread.start();
  }

  private void run(
      Consumer<? super Throwable> onFailure,
      Consumer<? super RunInProgress> onLoadEnd,
      Consumer<? super RunInProgress> onEnd) {
    try {
      fire();
      failIfSaid();
      awaitStop(onLoadEnd);
    } catch (InterruptedException | RuntimeException | Error e) {
      end(End.FAILED, TurretStatus.ABORTED);
      onFailure.accept(e);
    }
    onEnd.accept(this);
  }

  /** What the cannons note later is no reason: that the machine was too slow, say. */
  private void endedByItself() {
    List<RunNote> notes = cannons.notes();
    if (endReason == null && !notes.isEmpty()) endReason = notes.get(0);
  }

  private void fire() {
    try {
      cannons.run();
    } finally {
      firedNanos = settings.clock().getAsLong() - startNanos;
    }
  }

  /** A thread that the system refused, say. */
  private void failIfSaid() {
    for (RunNote note : cannons.notes()) {
      if (note.failure()) throw new IllegalStateException(note.text());
    }
  }

  /** A run whose profile is over, or that a transaction has ended, goes on until its stop. */
  private void awaitStop(Consumer<? super RunInProgress> onLoadEnd) throws InterruptedException {
    if (stopped.getCount() > 0 || endReason != null) onLoadEnd.accept(this);
    stopped.await();
  }

  /** Ends the run, or changes why it ends. */
  void end(End why, @Nullable String word) {
    end = why;
    lastWord = word;
    stopped.countDown();
    cannons.stop();
    sender.makeConnectionLast();
    sender.release();
  }

  /** Sends what can still be delivered, with the last word behind it, and closes the connection. */
  @Nullable String closeConnection(Function<String, byte[]> status) {
    String word = lastWord;
    if (word == null) sender.close(Duration.ZERO);
    else sender.closeAfter(status.apply(word), settings.closeTimeout());
    return word;
  }

  TurretRun outcome() {
    return new TurretRun(
        number,
        end,
        account(),
        results.failures(),
        cannons.abandoned(),
        fired(),
        sender.heldBack(),
        schedule(),
        cannons.seeds(),
        cannons.notes());
  }

  int number() {
    return number;
  }

  /** How long it has fired, once it does no more. */
  Duration fired() {
    return Duration.ofNanos(firedNanos);
  }

  /** What ended its load, if neither its profile nor a stop did. */
  @Nullable RunNote endReason() {
    return endReason;
  }

  int activeCannons() {
    return cannons.active();
  }

  int abandonedCannons() {
    return cannons.abandoned();
  }

  ScheduleFigures schedule() {
    return cannons.schedule();
  }

  Account account() {
    Account all = sender.account();
    return new Account(
        all.produced(),
        all.sent(),
        all.dropped(),
        all.unsent(),
        all.disconnects() - disconnectsBefore);
  }

  long failures() {
    return results.failures();
  }

  MessageSender sender() {
    return sender;
  }
}
