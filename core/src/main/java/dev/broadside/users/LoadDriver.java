package dev.broadside.users;

/** Makes a profile's load: has users made when they are needed, and tells them when to begin. */
interface LoadDriver {
  /**
   * Drives the load on the calling thread, until the profile's end or the pool's stop; users may
   * still be busy when it returns.
   */
  void drive();

  /** Where a user that is being made gets its starts from. Called by whoever makes the user. */
  StartSource starts(int userNumber);
}
