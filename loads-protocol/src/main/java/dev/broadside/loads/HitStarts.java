package dev.broadside.loads;

import java.time.Duration;
import java.util.Objects;

/**
 * How the hits of a user kept to their schedule: {@code scheduled = on time + late + unstarted}.
 *
 * @param scheduled how many were to begin
 * @param late how many were due before the user was free
 * @param unstarted how many were due by its pacing, and never begun since its time was over
 * @param longestWait of those that were late or unstarted
 */
public record HitStarts(long scheduled, long late, long unstarted, Duration longestWait) {
  /** Without a schedule. */
  public static final HitStarts NONE = new HitStarts(0, 0, 0, Duration.ZERO);

  /** Checks the wait. */
  public HitStarts {
    Objects.requireNonNull(longestWait, "longestWait");
  }

  /** How many began when they were to. */
  public long onTime() {
    return scheduled - late - unstarted;
  }

  /** In words. */
  @Override
  public String toString() {
    return scheduled
        + " scheduled = "
        + onTime()
        + " on time + "
        + late
        + " late + "
        + unstarted
        + " unstarted, longest wait "
        + longestWait.toMillis()
        + " ms";
  }
}
