package dev.broadside.loads.resident;

/** One user, run for a launcher. */
interface ResidentUser {
  /**
   * Runs the user, on a thread of its own. Not called when the launcher was gone before.
   *
   * @return the exit code of the launcher
   */
  int run() throws Exception;

  /**
   * Ends the user in order; from any thread, more than once, before or during {@link #run}.
   *
   * @param reason for the log
   */
  void stop(String reason);

  /** Logs that the JVM ends under it; from any thread, and quickly. */
  void lost(String reason);
}
