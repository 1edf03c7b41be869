package dev.broadside.loads.protocol;

/**
 * Where in its step a user is; on the wire {@code loads_status}, a list of these four in this
 * order. Counted from 1; 0 where a number does not apply.
 *
 * @param totalHits how many hits each user performs in this step; 0 in duration mode
 * @param totalUsers how many users the step has
 * @param currentHit which hit is being performed
 * @param currentUser which user performs it
 */
public record LoadsStatus(int totalHits, int totalUsers, int currentHit, int currentUser) {
  /** The same user of the same step at another hit. */
  public LoadsStatus atHit(int hit) {
    return new LoadsStatus(totalHits, totalUsers, hit, currentUser);
  }
}
