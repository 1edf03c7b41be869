package dev.broadside.oct.protocol;

import org.jspecify.annotations.Nullable;

/**
 * A message that is not what the protocol demands. Its text says what is wrong, with an excerpt.
 */
public final class MalformedMessageException extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedMessageException(String fault, byte[] message, @Nullable Throwable cause) {
    super(fault + ": " + Excerpt.of(message), cause);
  }

  MalformedMessageException(String fault, byte[] message) {
    this(fault, message, null);
  }
}
