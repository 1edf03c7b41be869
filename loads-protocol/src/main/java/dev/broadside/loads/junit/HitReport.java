package dev.broadside.loads.junit;

import dev.broadside.loads.LoadsReporter;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Reports what JUnit tells of one hit. Called by as many threads as JUnit runs tests on; one at a
 * time reports, so when {@link #end} has returned, none will.
 */
final class HitReport implements TestExecutionListener {
  private static final Logger LOG = System.getLogger(JUnitSuite.class.getName());

  private final TestName suite;
  private final LoadsReporter reporter;
  private final Set<String> toldDisabled;
  private final Map<UniqueId, Running> running = new LinkedHashMap<>(); // guarded by this
  private volatile boolean stopped;
  private volatile @Nullable ReportedNames names;

  /**
   * For one hit.
   *
   * @param toldDisabled the disabled tests that the log has told of
   */
  HitReport(TestName suite, LoadsReporter reporter, Set<String> toldDisabled) {
    this.suite = suite;
    this.reporter = reporter;
    this.toldDisabled = toldDisabled;
  }

  LoadsReporter reporter() {
    return reporter;
  }

  /** From now on no test is begun, as far as JUnit lets us, and none that is begun is reported. */
  void stop() {
    stopped = true;
  }

  boolean isStopped() {
    return stopped;
  }

  @Override
  public void testPlanExecutionStarted(TestPlan plan) {
    names = new ReportedNames(plan, suite);
  }

  @Override
  public void executionStarted(TestIdentifier node) {
    Running begun = new Running(nameOf(node), node.isTest());
    if (begin(node.getUniqueIdObject(), begun)) return;
    Thread.currentThread().interrupt(); // JUnit 5 cannot be told to leave out the rest
  }

  private synchronized boolean begin(UniqueId id, Running begun) {
    if (stopped) return false;
    running.put(id, begun);
    if (begun.isTest) reporter.startTest(begun.name);
    return true;
  }

  @Override
  public void executionFinished(TestIdentifier node, TestExecutionResult result) {
    finished(node.getUniqueIdObject(), result);
  }

  private synchronized void finished(UniqueId id, TestExecutionResult result) {
    Running ended = running.remove(id);
    if (ended == null) return; // begun after the stop, or given up by endBy
    if (ended.isTest) testEnded(ended.name, result);
    else containerEnded(ended.name, result);
  }

  @Override
  public void executionSkipped(TestIdentifier node, String reason) {
    if (stopped) return;
    String name = nameOf(node);
    if (toldDisabled.add(name)) LOG.log(Level.INFO, name + " is not run: " + reason);
  }

  private String nameOf(TestIdentifier node) {
    ReportedNames known = names;
    return known == null ? suite.toString() : known.of(node);
  }

  private void testEnded(String name, TestExecutionResult result) {
    if (result.getStatus() == Status.SUCCESSFUL) reporter.addSuccess(name);
    if (result.getStatus() == Status.FAILED) {
      Throwable cause = causeOf(result);
      if (cause instanceof AssertionError) reporter.addFailure(name, cause);
      else reporter.addError(name, cause);
    }
    reporter.stopTest(name);
  }

  private void containerEnded(String name, TestExecutionResult result) {
    if (result.getStatus() == Status.SUCCESSFUL) return;
    reporter.startTest(name);
    if (result.getStatus() == Status.FAILED) reporter.addError(name, causeOf(result));
    reporter.stopTest(name);
  }

  private static Throwable causeOf(TestExecutionResult result) {
    return result.getThrowable().orElseGet(() -> new AssertionError("failed without an exception"));
  }

  /** The hit is over. Tests that JUnit left without an end, when it was interrupted, are errors. */
  void end() {
    endBy(new InterruptedException("interrupted in the middle of a hit"));
  }

  /** The hit is over for this cause: tests that still run are errors. */
  synchronized void endBy(Throwable cause) {
    stopped = true;
    for (Running ended : running.values()) {
      if (!ended.isTest) continue;
      LOG.log(Level.WARNING, ended.name + " is given up", cause);
      reporter.addError(ended.name, cause);
      reporter.stopTest(ended.name);
    }
    running.clear();
  }

  private record Running(String name, boolean isTest) {}
}
