package dev.broadside.junit;

import dev.broadside.Broadside;
import dev.broadside.LoadRun;
import dev.broadside.Scenario;
import dev.broadside.metrics.RunResult;
import dev.broadside.users.TransactionContext;
import dev.broadside.users.UserContext;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/**
 * Runs the method of a {@link LoadTest} as a load, and hands its {@code TransactionContext} to it
 * and the {@code RunResult} to {@code @AfterEach}. The annotation brings it along; on a class
 * besides, it also finds load tests that JUnit would not run, where there is no other load test.
 */
public final class LoadTestExtension
    implements BeforeAllCallback,
        BeforeEachCallback,
        AfterTestExecutionCallback,
        InvocationInterceptor,
        ParameterResolver {
  private static final Namespace OURS = Namespace.create(LoadTestExtension.class);

  /** For JUnit. */
  public LoadTestExtension() {}

  @Override
  public void beforeAll(ExtensionContext type) {
    List<String> leftOut = LoadMethods.leftOut(type.getRequiredTestClass());
    if (leftOut.isEmpty()) return;
    throw new ExtensionConfigurationException(String.join("; ", leftOut));
  }

  /** Reads the annotation, so that its faults show before anything else is done. */
  @Override
  public void beforeEach(ExtensionContext test) {
    LoadTest annotation = annotation(test);
    if (annotation == null) return;
    Faults faults = new Faults();
    LoadSettings settings =
        LoadSettingsReader.read(
            annotation, test.getConfigurationParameter(LoadTest.BASELINE), faults);
    LoadMethods.leftOut(test.getRequiredTestClass()).forEach(faults::add);
    faults.throwAny(ReportNames.name(test));
    test.getStore(OURS).put(LoadSettings.class, settings);
  }

  private static @Nullable LoadTest annotation(ExtensionContext test) {
    return AnnotationSupport.findAnnotation(test.getTestMethod(), LoadTest.class).orElse(null);
  }

  @Override
  public void interceptTestMethod(
      Invocation<Void> invocation, ReflectiveInvocationContext<Method> call, ExtensionContext test)
      throws Throwable {
    LoadSettings settings = test.getStore(OURS).get(LoadSettings.class, LoadSettings.class);
    if (settings == null) {
      invocation.proceed(); // a test like others, of a class that has this extension
      return;
    }
    invocation.skip();
    load(settings, new LoadMethod(call), test);
  }

  private static void load(LoadSettings settings, LoadMethod method, ExtensionContext test)
      throws IOException {
    RunResult result = run(settings, method, test);
    test.getStore(OURS).put(RunResult.class, result);
    String report = LoadReport.tell(test, result, names(test).of(test));
    TestAbortedException aborted = method.aborted();
    if (aborted != null) throw aborted;
    if (!result.passed()) throw new AssertionFailedError(FailureText.of(result, report));
    BaselineFile keptIn = settings.keptIn();
    if (keptIn != null) System.out.println(ReportNames.name(test) + ": " + keptIn.add(result));
  }

  /**
   * Ends a load that its test does not wait for any more: a timeout may have a thread of its own.
   */
  @Override
  public void afterTestExecution(ExtensionContext test) {
    LoadRun run = test.getStore(OURS).get(LoadRun.class, LoadRun.class);
    if (run != null) run.close();
  }

  private static RunResult run(LoadSettings settings, LoadMethod method, ExtensionContext test) {
    String name = ReportNames.name(test);
    Scenario scenario = Scenario.of(() -> method).name(method.name()).profile(settings.profile());
    Broadside load =
        Broadside.of(scenario)
            .name(name)
            .thresholds(settings.thresholds())
            .threads(settings.threads())
            .grace(settings.grace());
    try (LoadRun run = load.start()) {
      test.getStore(OURS).put(LoadRun.class, run);
      return run.await();
    }
  }

  private static ReportNames names(ExtensionContext test) {
    return test.getRoot()
        .getStore(OURS)
        .getOrComputeIfAbsent(ReportNames.class, key -> new ReportNames(), ReportNames.class);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    if (annotation(test) == null) return false;
    Class<?> type = parameter.getParameter().getType();
    return type == (isOfTheTest(parameter, test) ? TransactionContext.class : RunResult.class);
  }

  private static boolean isOfTheTest(ParameterContext parameter, ExtensionContext test) {
    return test.getRequiredTestMethod().equals(parameter.getDeclaringExecutable());
  }

  /** A context that stands in for those of the users, or the result. */
  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
    if (isOfTheTest(parameter, test)) {
      return TransactionContext.of(UserContext.of(1, ReportNames.name(test)));
    }
    RunResult result = test.getStore(OURS).get(RunResult.class, RunResult.class);
    if (result != null) return result;
    throw new ParameterResolutionException(
        "no RunResult: the load has not run; a method with @AfterEach gets it when the load is over");
  }
}
