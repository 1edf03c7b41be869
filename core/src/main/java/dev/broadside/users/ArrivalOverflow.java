package dev.broadside.users;

/** What becomes of an arrival that finds all users busy. */
public enum ArrivalOverflow {
  /**
   * It waits for one, first come first served; its response time counts from its intended start.
   */
  LATE,
  /** It never runs; it is counted, and stands in no percentile. */
  DROP
}
