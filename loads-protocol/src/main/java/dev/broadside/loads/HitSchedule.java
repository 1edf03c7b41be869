package dev.broadside.loads;

import dev.broadside.users.IntendedStarts;
import java.time.Duration;

/** When the hits of one user begin, and how it keeps to that. For the user's thread. */
final class HitSchedule {
  private final IntendedStarts intended;
  private final boolean shared;
  private long due;
  private boolean late;
  private long begun;
  private long begunLate;
  private long unstarted;
  private long longestWaitNanos;

  /**
   * Takes them from there.
   *
   * @param shared whether other users do, too
   */
  HitSchedule(IntendedStarts intended, boolean shared) {
    this.intended = intended;
    this.shared = shared;
  }

  /**
   * When the next hit of the user is due, which is free now.
   *
   * @param end of its time
   * @return {@link IntendedStarts#NONE} if there is none before that
   */
  long next(long now, long end) {
    due = intended.next(now, end);
    late = due < now;
    return due;
  }

  /** The hit begins. */
  void begin(long now) {
    begun++;
    if (!late) return;
    begunLate++;
    longestWaitNanos = Math.max(longestWaitNanos, now - due);
  }

  /** Nothing begins from this moment on: what became of all, but for what others may take. */
  HitStarts end(long end) {
    if (!intended.isSchedule()) return HitStarts.NONE;
    if (!shared) skip(end);
    Duration longestWait = Duration.ofNanos(longestWaitNanos);
    return new HitStarts(begun + unstarted, begunLate, unstarted, longestWait);
  }

  private void skip(long end) {
    long next = intended.next(end, end);
    if (next != IntendedStarts.NONE) longestWaitNanos = Math.max(longestWaitNanos, end - next);
    for (; next != IntendedStarts.NONE; next = intended.next(end, end)) unstarted++;
  }
}
