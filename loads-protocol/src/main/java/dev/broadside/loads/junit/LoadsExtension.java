package dev.broadside.loads.junit;

import dev.broadside.loads.LoadsReporter;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives the tests of a class the reporter of the user that runs them, as a parameter of a test, of
 * a method around it or of the constructor, and leaves out what has not begun when the run is
 * stopped:
 *
 * <pre>{@code
 * @ExtendWith(LoadsExtension.class)
 * class MyTest {
 *   @Test
 *   void pays(LoadsReporter reporter) {
 *     reporter.addHit(…);
 *   }
 * }
 * }</pre>
 *
 * <p>The runner closes the reporter. Where no runner of Loads runs the test, in an IDE say, it is
 * one that takes everything and sends nothing.
 */
public final class LoadsExtension implements ParameterResolver, ExecutionCondition {
  private static final ConditionEvaluationResult GOES_ON =
      ConditionEvaluationResult.enabled("the run goes on");
  private static final ConditionEvaluationResult STOPPED =
      ConditionEvaluationResult.disabled("the run is stopped");

  /** For JUnit. */
  public LoadsExtension() {}

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    return parameter.getParameter().getType() == LoadsReporter.class;
  }

  @Override
  public LoadsReporter resolveParameter(ParameterContext parameter, ExtensionContext test) {
    return LoadsTests.reporter();
  }

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext test) {
    return LoadsTests.isStopped() ? STOPPED : GOES_ON;
  }
}
