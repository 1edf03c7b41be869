package dev.broadside.users;

/**
 * Thrown by a transaction, or by what it uses, to end the run: no data are left, say. The iteration
 * that throws it gives no result.
 */
public final class EndRunException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean failure;

  /**
   * Ends the run.
   *
   * @param reason why, in a sentence that the result shows
   * @param failure whether the run has failed by it
   */
  public EndRunException(String reason, boolean failure) {
    super(reason, null, false, false);
    this.failure = failure;
  }

  /** Whether the run has failed by it. */
  public boolean isFailure() {
    return failure;
  }
}
