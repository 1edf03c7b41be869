package dev.broadside.oct.cli;

/** The arguments are well formed, yet cannot be followed. */
final class WrongUseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  WrongUseException(String message) {
    super(message);
  }
}
