package dev.broadside.loads.launch;

import org.jspecify.annotations.Nullable;

/** A test cannot be had; the message says where it was looked for and what to do. */
public final class TestNotFoundException extends Exception {
  private static final long serialVersionUID = 1L;

  /** The cause is what its trace tells more of than the message; null where there is none. */
  TestNotFoundException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
