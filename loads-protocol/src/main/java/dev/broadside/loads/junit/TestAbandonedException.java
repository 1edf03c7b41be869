package dev.broadside.loads.junit;

/** What is reported of a test that ignored its interrupt. Its trace says where the test is. */
final class TestAbandonedException extends Exception {
  private static final long serialVersionUID = 1L;

  TestAbandonedException(StackTraceElement[] place) {
    super("did not end when it was interrupted");
    setStackTrace(place);
  }
}
