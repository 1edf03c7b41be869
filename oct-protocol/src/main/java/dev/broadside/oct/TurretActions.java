package dev.broadside.oct;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the turret's state machine can have done. None of it waits. */
interface TurretActions {
  /** Sends a status now, or not at all: false when it cannot leave, or one is still under way. */
  boolean sendStatus(String word);

  /** Queues the status that begins a run, and starts the cannons. If it throws, no run goes on. */
  void startRun(int number, long startNanos, Map<String, @Nullable Object> context);

  /**
   * Ends the run; {@link TurretControl#runEnded} follows. Called again it only changes the reason.
   *
   * @param lastWord the status that is to be the run's last message; null when nothing queued may
   *     be delivered any more
   * @return false when no run goes on, since it could not be begun: then nothing follows
   */
  boolean endRun(TurretRun.End end, @Nullable String lastWord);

  /** Lets results flow again over a connection that came back. */
  void resumeResults();

  /**
   * Throws statuses away that an idle turret could not send, and begins with a fresh connection.
   */
  void reopenResults();

  /** Says the last word, frees everything. */
  void finish(TurretState end, @Nullable String lastWord);

  /** Tells the listener. */
  void stateChanged(TurretState state);
}
