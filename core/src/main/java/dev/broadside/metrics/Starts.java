package dev.broadside.metrics;

import java.time.Duration;

/**
 * What became of the starts that a schedule intended, until the run's end: {@code scheduled = on
 * time + late + dropped + unstarted}.
 *
 * @param scheduled how many there were
 * @param late how many found no user free, and waited for one
 * @param dropped how many found no user free, and never ran
 * @param unstarted how many still waited when the run ended
 * @param longestWait of those that were late or unstarted
 */
public record Starts(
    long scheduled, long late, long dropped, long unstarted, Duration longestWait) {
  /** Without a schedule. */
  public static final Starts NONE = new Starts(0, 0, 0, 0, Duration.ZERO);

  /** How many found a user free. */
  public long onTime() {
    return scheduled - late - dropped - unstarted;
  }

  /** These and the others together. */
  public Starts plus(Starts other) {
    return new Starts(
        scheduled + other.scheduled,
        late + other.late,
        dropped + other.dropped,
        unstarted + other.unstarted,
        longestWait.compareTo(other.longestWait) < 0 ? other.longestWait : longestWait);
  }
}
