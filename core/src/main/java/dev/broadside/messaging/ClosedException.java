package dev.broadside.messaging;

/** A call came after {@code close()}. */
public final class ClosedException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  /**
   * Names what is closed.
   *
   * @param what the closed thing, as its user would call it
   */
  public ClosedException(String what) {
    super(what + " is closed");
  }
}
