package dev.broadside.messaging;

import org.zeromq.ZMQException;
import zmq.ZError;

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

  /** Says what could not be done with an endpoint, and why, if ZeroMQ tells. */
  static MessagingException cannot(String doing, Endpoint endpoint, Throwable cause) {
    return new MessagingException("cannot " + doing + " " + endpoint + ": " + reason(cause), cause);
  }

  private static String reason(Throwable cause) {
    if (cause instanceof ZMQException zmq) {
      return switch (zmq.getErrorCode()) {
        case ZError.EADDRINUSE -> // JeroMQ says so whatever kept it from binding
            "the address is in use, or not one of this machine, or not permitted";
        default -> ZError.toString(zmq.getErrorCode());
      };
    }
    String message = cause.getMessage();
    return message == null ? cause.getClass().getName() : message;
  }
}
