package dev.broadside.users;

import java.util.SplittableRandom;

/**
 * When one user is to begin its iterations, in nanoseconds after the beginning of the run. The
 * first one is due when the user is there.
 */
final class Pacer {
  private final Pace pace;
  private final long least;
  private final long most;
  private final SplittableRandom random;
  private boolean begun;
  private long next;

  Pacer(Pace pace, long seed) {
    this.pace = pace;
    this.least = pace.least().toNanos();
    this.most = pace.most().toNanos();
    this.random = new SplittableRandom(seed);
  }

  /** When the next iteration of a user is due that is free now. Every call is for one more. */
  long due(long now) {
    long due = begun ? dueAfterAnother(now) : now;
    begun = true;
    if (pace.kind() != Pace.Kind.THINK_TIME) next = due + interval();
    return due;
  }

  private long dueAfterAnother(long now) {
    return switch (pace.kind()) {
      case NONE -> now;
      case PACING -> next;
      case RESTARTING -> Math.max(next, now);
      case THINK_TIME -> now + interval();
    };
  }

  private long interval() {
    return least == most ? least : random.nextLong(least, most + 1);
  }

  /** Since when the user is behind a schedule; a moment to come if it is not. */
  long next() {
    return pace.isSchedule() && begun ? next : Long.MAX_VALUE;
  }

  /** Passes over what is due before a moment, and tells how much that was. */
  long skipTo(long until) {
    if (next() >= until) return 0;
    return least == most ? skipEqual(until) : skipDrawn(until);
  }

  private long skipEqual(long until) {
    long count = (until - next + least - 1) / least;
    next += count * least;
    return count;
  }

  private long skipDrawn(long until) {
    long count = 0;
    for (; next < until; next += interval()) count++;
    return count;
  }
}
