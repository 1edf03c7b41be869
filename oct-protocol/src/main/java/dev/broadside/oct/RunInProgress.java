package dev.broadside.oct;

import dev.broadside.messaging.Account;
import dev.broadside.messaging.MessageSender;
import dev.broadside.metrics.RunNote;
import dev.broadside.oct.TurretRun.End;
import dev.broadside.oct.protocol.TurretStatus;
import dev.broadside.users.UserPool;
import java.time.Duration;
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
  private volatile End end = End.FAILED;
  private volatile @Nullable String lastWord;
  private volatile long firedNanos;

  RunInProgress(
      int number,
      long startNanos,
      TurretSettings settings,
      MessageSender sender,
      ResultSender results,
      UserPool cannons) {
    this.number = number;
    this.startNanos = startNanos;
    this.settings = settings;
    this.sender = sender;
    this.results = results;
    this.cannons = cannons;
    this.disconnectsBefore = sender.account().disconnects();
  }

  /**
   * Begins to fire.
   *
   * @param onFailure called when cannons cannot be run; the run goes on to its end
   * @param onEnd called on the run's own thread once its account is closed
   */
  void start(Consumer<? super Throwable> onFailure, Consumer<? super RunInProgress> onEnd) {
    Thread thread = new Thread(() -> run(onFailure, onEnd), "run-" + settings.name());
    thread.setDaemon(true);
    thread.start();
  }

  private void run(Consumer<? super Throwable> onFailure, Consumer<? super RunInProgress> onEnd) {
    try {
      cannons.run();
      failIfSaid();
    } catch (RuntimeException | Error e) {
      end(End.FAILED, TurretStatus.ABORTED);
      onFailure.accept(e);
    }
    firedNanos = settings.clock().getAsLong() - startNanos;
    onEnd.accept(this);
  }

  /** A thread that the system refused, say. */
  private void failIfSaid() {
    for (RunNote note : cannons.notes()) {
      if (note.failure()) throw new IllegalStateException(note.text());
    }
  }

  /** Ends the run, or changes why it ends. */
  void end(End why, @Nullable String word) {
    end = why;
    lastWord = word;
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
        Duration.ofNanos(firedNanos),
        sender.heldBack());
  }

  int activeCannons() {
    return cannons.active();
  }

  int abandonedCannons() {
    return cannons.abandoned();
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
