package dev.broadside.metrics;

/** How an iteration kept to its schedule. */
public enum Punctuality {
  /** There was none. */
  UNSCHEDULED,
  /** A user was free at its intended start. */
  ON_TIME,
  /** No user was free at its intended start, so it had to wait for one. */
  LATE
}
