package dev.broadside.loads;

import dev.broadside.users.EndRunException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Reports the tests of one user, one at a time, and closes the report of one that is abandoned: no
 * test that was started is left without an outcome and an end, and none has two.
 */
final class TestReports {
  private final LoadsReporter reporter;
  private final AtomicReference<@Nullable OpenTest> open = new AtomicReference<>();
  private volatile @Nullable String stopped;
  private @Nullable String runEnd; // of the user's thread

  TestReports(LoadsReporter reporter) {
    this.reporter = reporter;
  }

  LoadsReporter reporter() {
    return reporter;
  }

  /** A test begins. */
  OpenTest start(String name) {
    OpenTest test = new OpenTest(name, true);
    open.set(test);
    reporter.startTest(name);
    return test;
  }

  /** Tests begin that report themselves. */
  OpenTest startSuite(String name) {
    OpenTest suite = new OpenTest(name, false);
    open.set(suite);
    return suite;
  }

  /** The test has ended; nothing is reported if it was abandoned before. */
  void end(OpenTest test, @Nullable Throwable failure) {
    if (!open.compareAndSet(test, null)) return;
    if (failure instanceof EndRunException end) runEnd = String.valueOf(end.getMessage());
    if (failure == null) succeed(test);
    else fail(test, failure);
  }

  private void succeed(OpenTest test) {
    if (!test.started) return;
    reporter.addSuccess(test.name);
    reporter.stopTest(test.name);
  }

  private void fail(OpenTest test, Throwable failure) {
    if (!test.started) reporter.startTest(test.name);
    String why = stopped;
    if (why != null) {
      String text = "interrupted, since " + why;
      reporter.addError(test.name, new TestStoppedException(text, failure));
    } else if (failure instanceof AssertionError) {
      reporter.addFailure(test.name, failure);
    } else {
      reporter.addError(test.name, failure);
    }
    reporter.stopTest(test.name);
  }

  /** Why a test wishes that there be no other; null while none does. */
  @Nullable String runEnd() {
    return runEnd;
  }

  /** From now on a test that fails does so because it was interrupted. */
  void interrupting(String why) {
    stopped = why;
  }

  /** Ends the report of the test that does not end. Its name, or null if none is open. */
  @Nullable String abandon(Thread thread) {
    OpenTest test = open.getAndSet(null);
    if (test == null) return null;
    TestStoppedException where = new TestStoppedException("it is here", null);
    where.setStackTrace(thread.getStackTrace());
    fail(test, where);
    return test.name;
  }

  /** A test under way, told from others by its identity. */
  static final class OpenTest {
    private final String name;
    private final boolean started;

    private OpenTest(String name, boolean started) {
      this.name = name;
      this.started = started;
    }
  }
}
