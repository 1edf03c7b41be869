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
}
