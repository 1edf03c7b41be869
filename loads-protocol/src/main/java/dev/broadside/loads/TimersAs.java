package dev.broadside.loads;

/** What becomes of the custom timers of a transaction, since Loads has no timers. */
public enum TimersAs {
  /**
   * Each timer of an iteration is a hit with the timer's time, started when the iteration was. Its
   * URL is {@code timer:} and the name, or the name alone where that is a URL already; its method
   * {@code TIMER}; its status 200 in an iteration that went well, else 500.
   */
  HITS,
  /** Each timer of an iteration adds one to the counter of its name; its time is not reported. */
  COUNTERS,
  /** They are not reported. */
  NOTHING
}
