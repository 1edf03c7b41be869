package dev.broadside.loads.collector;

import java.util.List;

/**
 * What came of a run of external runners.
 *
 * @param result what they reported
 * @param steps when its steps went on, in their order; fewer than asked for, where it was broken
 *     off
 * @param troubles the users of whom less came than was asked for, in the order of steps and users
 * @param orphans the users whose runner has left processes behind, which were killed
 * @param stopped whether it was broken off
 */
public record FleetRun(
    LoadsResult result,
    List<StepSpan> steps,
    List<UserTrouble> troubles,
    List<UserTrouble> orphans,
    boolean stopped) {
  /** Copies the lists. */
  public FleetRun {
    steps = List.copyOf(steps);
    troubles = List.copyOf(troubles);
    orphans = List.copyOf(orphans);
  }

  /**
   * Whether all of it was done, by every user, without a failure or an error, and every message
   * could be read: one that could not may have been an error.
   */
  public boolean passed() {
    return !stopped
        && troubles.isEmpty()
        && result.failures() == 0
        && result.errors() == 0
        && result.malformed() == 0;
  }
}
