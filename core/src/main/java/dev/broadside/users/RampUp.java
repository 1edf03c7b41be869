package dev.broadside.users;

import java.time.Duration;

/**
 * When the users of a run start: spread evenly over the ramp-up, the first at once, the last one
 * step before its end. Every start is computed from the beginning of the run, so nothing drifts.
 * Source: docs/protocols.md 1.6.
 *
 * @param users how many start in all, at least 1
 * @param duration over how long; zero starts them all at once
 */
public record RampUp(int users, Duration duration) {
  /** Checks both. */
  public RampUp {
    if (users < 1) throw new IllegalArgumentException("users < 1: " + users);
    if (duration.isNegative()) throw new IllegalArgumentException("duration < 0: " + duration);
  }

  /**
   * When a user starts, in nanoseconds after the run's beginning.
   *
   * @param index 0 for the first user
   */
  public long startNanos(int index) {
    return Math.round((double) duration.toNanos() / users * index);
  }

  /** How many users should have started so many nanoseconds after the run's beginning. */
  public int due(long elapsedNanos) {
    if (elapsedNanos < 0) return 0;
    long estimate = duration.isZero() ? users : (long) (elapsedNanos / stepNanos()) + 1;
    int due = (int) Math.min(users, estimate);
    while (due < users && startNanos(due) <= elapsedNanos) due++; // the estimate was rounded
    while (due > 1 && startNanos(due - 1) > elapsedNanos) due--;
    return due;
  }

  private double stepNanos() {
    return (double) duration.toNanos() / users;
  }
}
