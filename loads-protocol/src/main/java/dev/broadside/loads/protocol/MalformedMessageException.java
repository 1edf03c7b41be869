package dev.broadside.loads.protocol;

/** A message that cannot be read. Its text says what is wrong, with an excerpt. */
public final class MalformedMessageException extends Exception {
  private static final long serialVersionUID = 1;

  MalformedMessageException(String message) {
    super(message);
  }
}
