package dev.broadside.users;

import java.util.Map;

/** Makes a profile's load: has users made when they are needed, and tells them when to begin. */
interface LoadDriver {
  /** The driver of a profile. */
  static LoadDriver of(LoadProfile profile, UserPool pool) {
    if (profile instanceof ClosedProfile closed) return new ClosedLoad(closed, pool);
    if (profile instanceof OpenProfile open) return new OpenLoad(open, pool);
    throw new AssertionError(profile);
  }

  /**
   * Drives the load on the calling thread, until the profile's end or the pool's stop, and then
   * tells the pool what never began; users may still be busy when it returns.
   *
   * @throws IllegalStateException if the thread is interrupted
   */
  void drive();

  /** Where a user that is being made gets its starts from. Called by whoever makes the user. */
  StartSource starts(int userNumber);

  /** What its random draws begin with: what is drawn, and the seed. */
  default Map<String, Long> seeds() {
    return Map.of();
  }
}
