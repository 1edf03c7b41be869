package dev.broadside.loads.collector;

/**
 * What was reported of a test, by all users together.
 *
 * @param started how often it was begun
 * @param stopped how often it was ended, however it went
 * @param successes how often it passed
 * @param failures how often an assertion failed
 * @param errors how often it broke by anything else
 */
public record TestCounts(long started, long stopped, long successes, long failures, long errors) {
  /** How often it was begun and not ended. */
  public long unfinished() {
    return Math.max(0, started - stopped);
  }

  /** How often it was ended and nothing said how it went, as where an assumption does not hold. */
  public long withoutOutcome() {
    return Math.max(0, stopped - successes - failures - errors);
  }
}
