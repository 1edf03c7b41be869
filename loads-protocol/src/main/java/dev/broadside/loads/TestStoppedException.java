package dev.broadside.loads;

import org.jspecify.annotations.Nullable;

/** What is reported of a test that the end of its run cut short. */
final class TestStoppedException extends Exception {
  private static final long serialVersionUID = 1L;

  private static final StackTraceElement[] NOWHERE = {};

  TestStoppedException(String message, @Nullable Throwable cause) {
    super(message, cause, false, true); // its own place would say nothing
    setStackTrace(NOWHERE);
  }
}
