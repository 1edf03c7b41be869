package dev.broadside.messaging;

/** A socket could not be opened, or failed in a way that it cannot recover from. */
public final class MessagingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What is wrong, for whoever adds where. */
  MessagingException(String message) {
    super(message);
  }

  /**
   * Says what failed and where.
   *
   * @param message what failed, the endpoint, and what to do
   * @param cause the failure of the socket
   */
  public MessagingException(String message, Throwable cause) {
    super(message, cause);
  }
}
