package dev.broadside.loads;

/** A test as a lambda: one hit of it. */
@FunctionalInterface
public interface LoadsTest {
  /**
   * Performs the test once. The runner reports its start, how it went and its end; what happens in
   * between may be reported here. An {@link AssertionError} counts as a failure, anything else that
   * is thrown as an error.
   */
  void run(LoadsReporter reporter) throws Exception;
}
