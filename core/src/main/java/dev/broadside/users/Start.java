package dev.broadside.users;

import dev.broadside.metrics.Punctuality;

/**
 * That a user may begin an iteration now.
 *
 * @param intendedNanos when it was to begin, counted from the beginning of the run; where there is
 *     no schedule this says nothing
 * @param punctuality whether a user was free then
 */
record Start(long intendedNanos, Punctuality punctuality) {
  static final Start UNSCHEDULED = new Start(0, Punctuality.UNSCHEDULED);

  /** Not a start yet: the user is to make its transaction, so that no start has to wait for it. */
  static final Start PREPARATION = new Start(Long.MIN_VALUE, Punctuality.UNSCHEDULED);

  /** The user is to leave. */
  static final Start NEVER = new Start(Long.MAX_VALUE, Punctuality.UNSCHEDULED);
}
