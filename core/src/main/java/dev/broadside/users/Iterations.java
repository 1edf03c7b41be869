package dev.broadside.users;

/**
 * The iterations of one virtual user, which decides when it asks for the next one. Used by that
 * user's thread alone.
 */
public interface Iterations {
  /**
   * Waits until the next iteration is due, runs the transaction's {@code setUp}, {@code run} and
   * {@code tearDown} with a fresh context, times them and delivers the one result. Nothing that the
   * transaction throws comes out of here.
   *
   * @return false when the run is over; then nothing was run
   */
  boolean next();

  /** Who runs them. */
  UserContext user();
}
