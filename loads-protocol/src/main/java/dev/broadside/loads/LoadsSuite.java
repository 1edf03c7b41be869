package dev.broadside.loads;

/** Tests that are run together, once a hit, and report themselves. */
public interface LoadsSuite extends AutoCloseable {
  /**
   * Performs all tests once and reports the start, the outcome and the end of each. A test that
   * fails is reported, not thrown; what is thrown concerns the suite.
   */
  void run(LoadsReporter reporter) throws Exception;

  @Override
  default void close() {}
}
