package dev.broadside.loads.launch;

import org.jspecify.annotations.Nullable;

/** A test cannot be had; the message says where it was looked for and what to do. */
public final class TestNotFoundException extends Exception {
  private static final long serialVersionUID = 1L;

  TestNotFoundException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
