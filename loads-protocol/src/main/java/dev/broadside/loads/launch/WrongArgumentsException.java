package dev.broadside.loads.launch;

/** The arguments of a runner are not understood; the message says which and what is expected. */
public final class WrongArgumentsException extends Exception {
  private static final long serialVersionUID = 1L;

  WrongArgumentsException(String message) {
    super(message);
  }
}
