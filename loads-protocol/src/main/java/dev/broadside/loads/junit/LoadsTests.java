package dev.broadside.loads.junit;

import dev.broadside.loads.LoadsReporter;
import org.jspecify.annotations.Nullable;

/**
 * Lets test code reach the reporter, to add hits, where it cannot have it as a parameter: in a
 * client that it calls, or in the tests of another engine than Jupiter.
 *
 * @see LoadsExtension
 */
public final class LoadsTests {
  /** Inherited by the threads that JUnit starts to run tests in parallel. */
  private static final InheritableThreadLocal<@Nullable HitReport> CURRENT =
      new InheritableThreadLocal<>();

  private LoadsTests() {}

  /**
   * The reporter of the running test, to be asked for by the test's thread or one that it started;
   * the runner closes it. Where no runner of Loads runs the test, in an IDE say, a reporter that
   * takes everything and sends nothing.
   */
  public static LoadsReporter reporter() {
    HitReport report = CURRENT.get();
    return report == null ? LoadsReporter.nowhere() : report.reporter();
  }

  /** Whether the run has been stopped, so that tests of it need not begin. */
  static boolean isStopped() {
    HitReport report = CURRENT.get();
    return report != null && report.isStopped();
  }

  static void during(HitReport report, Runnable hit) {
    CURRENT.set(report);
    try {
      hit.run();
    } finally {
      CURRENT.remove();
    }
  }
}
