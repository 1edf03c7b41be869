package dev.broadside.loads.junit;

import dev.broadside.loads.LoadsReporter;
import dev.broadside.loads.LoadsSuite;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * JUnit tests, performed and reported once a hit. Found by their name: {@code com.acme.MyTest}, a
 * class with its nested ones; {@code com.acme.MyTest#pays}, all methods of that name; or {@code
 * com.acme.MyTest.pays}, a class if there is one of the whole name, else a method.
 *
 * <p>What is reported, each time between {@code startTest} and {@code stopTest}:
 *
 * <ul>
 *   <li>a test that succeeds, {@code addSuccess}; one that throws an {@link AssertionError}, {@code
 *       addFailure}; anything else, {@code addError};
 *   <li>a test whose assumption does not hold: nothing;
 *   <li>a container that fails (a class's {@code @BeforeAll} or {@code @AfterAll}, the arguments of
 *       a parameterized test): {@code addError}, under the container's own name;
 *   <li>a disabled test or class: not even its start; the log says so once.
 * </ul>
 *
 * <p>Tests are called {@code com.acme.MyTest.pays}, those of a nested class {@code
 * com.acme.MyTest$WithCoupon.pays}; the second of several invocations (parameterized, repeated,
 * dynamic) is {@code com.acme.MyTest.pays[2]}; overloaded methods share a name.
 *
 * <p>One thread at a time may run it. The tests run on a thread of the suite's own; an interrupt of
 * the thread that waits in {@link #run} reaches the current test, and no further one is reported.
 */
public final class JUnitSuite implements LoadsSuite {
  private static final Logger LOG = System.getLogger(JUnitSuite.class.getName());

  private static final Duration GIVE_UP_AFTER = Duration.ofMillis(200);

  private final Duration giveUpAfter;
  private final JUnitPlan plan;
  private final SuiteThread thread;
  private final Set<String> toldDisabled = ConcurrentHashMap.newKeySet();

  /**
   * Finds tests by the loader of this class.
   *
   * @throws IllegalArgumentException if the name matches no test
   * @throws IllegalStateException if JUnit is missing, or its parts do not fit each other
   */
  public JUnitSuite(String test) {
    this(test, ownLoader());
  }

  /**
   * Finds tests.
   *
   * @param loader what sees the tests and the JUnit that this class was defined beside
   * @throws IllegalArgumentException if the name matches no test
   * @throws IllegalStateException if JUnit is missing, or its parts do not fit each other
   */
  public JUnitSuite(String test, ClassLoader loader) {
    this(test, loader, GIVE_UP_AFTER);
  }

  /**
   * Finds tests.
   *
   * @param loader what sees the tests and the JUnit that this class was defined beside
   * @param giveUpAfter how long tests may take to end when they are interrupted. Default 200 ms,
   *     since a {@code LoadsRunner} waits for a suite a little longer
   * @throws IllegalArgumentException if the name matches no test
   * @throws IllegalStateException if JUnit is missing, or its parts do not fit each other
   */
  public JUnitSuite(String test, ClassLoader loader, Duration giveUpAfter) {
    this(test, loader, giveUpAfter, true);
  }

  private JUnitSuite(String test, ClassLoader loader, Duration giveUpAfter, boolean withListeners) {
    Objects.requireNonNull(test, "test");
    Objects.requireNonNull(loader, "loader");
    if (giveUpAfter.isNegative())
      throw new IllegalArgumentException("giveUpAfter < 0: " + giveUpAfter);
    JUnitPlatform.requireLauncher(loader);
    this.giveUpAfter = giveUpAfter;
    plan = JUnitPlan.find(TestName.find(test, loader), loader, withListeners);
    thread = new SuiteThread(loader);
  }

  private static ClassLoader ownLoader() {
    return Objects.requireNonNull(JUnitSuite.class.getClassLoader(), "loader");
  }

  /**
   * Makes later suites fast, by running an empty test: the first one in a JVM takes several hundred
   * milliseconds longer than the second.
   *
   * @throws IllegalArgumentException if there is no Jupiter to run it
   * @throws IllegalStateException if JUnit is missing, or its parts do not fit each other
   */
  public static void warmUp() throws Exception {
    try (JUnitSuite suite =
        new JUnitSuite(WarmUp.class.getName(), ownLoader(), GIVE_UP_AFTER, false)) {
      suite.run(LoadsReporter.nowhere());
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>Returns soon after an interrupt, and leaves it set: tests that have not ended in time are
   * reported as errors, and left to themselves.
   *
   * @throws IllegalStateException if such a test still runs
   */
  @Override
  public void run(LoadsReporter reporter) throws Exception {
    HitReport report = new HitReport(plan.name(), reporter, toldDisabled);
    try {
      thread.run(() -> LoadsTests.during(report, () -> perform(report)));
    } catch (InterruptedException e) {
      stop(report);
      Thread.currentThread().interrupt();
    }
  }

  private void stop(HitReport report) {
    report.stop();
    String unfinished = " was interrupted in the middle of a hit; what had not begun is left out";
    LOG.log(Level.INFO, plan.name() + unfinished);
    if (!thread.stop(giveUpAfter)) report.endBy(new TestAbandonedException(thread.place()));
  }

  private void perform(HitReport report) {
    try {
      plan.run(report);
    } catch (Throwable e) {
      report.endBy(e);
      throw e;
    }
    report.end();
  }

  /** Closes JUnit's session. A test that still runs is interrupted and not waited for. */
  @Override
  public void close() {
    thread.close();
    plan.close();
  }
}
