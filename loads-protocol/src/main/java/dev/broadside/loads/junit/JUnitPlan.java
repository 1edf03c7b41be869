package dev.broadside.loads.junit;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** The tests that a name selects, and the session of JUnit that runs them again and again. */
final class JUnitPlan implements AutoCloseable {
  private final TestName name;
  private final ClassLoader loader;
  private final LauncherSession session;
  private final LauncherDiscoveryRequest request;
  private @Nullable TestPlan found; // until it is run: a plan can be run only once

  private JUnitPlan(TestName name, ClassLoader loader, LauncherSession session) {
    this.name = name;
    this.loader = loader;
    this.session = session;
    this.request = requestOf(name, true);
  }

  /**
   * Opens a session and looks for the tests.
   *
   * @param withListeners whether JUnit calls the listeners that the class path registers
   * @throws IllegalArgumentException if there are none
   */
  static JUnitPlan find(TestName name, ClassLoader loader, boolean withListeners) {
    try (ContextLoader scope = ContextLoader.set(loader)) {
      JUnitPlan plan = new JUnitPlan(name, loader, open(loader, withListeners));
      try {
        plan.discover();
        return plan;
      } catch (RuntimeException | Error e) {
        plan.close();
        throw e;
      }
    }
  }

  private static LauncherSession open(ClassLoader loader, boolean withListeners) {
    try {
      return LauncherFactory.openSession(
          LauncherConfig.builder()
              .enableLauncherSessionListenerAutoRegistration(withListeners)
              .enableLauncherDiscoveryListenerAutoRegistration(withListeners)
              .enableTestExecutionListenerAutoRegistration(withListeners)
              .build());
    } catch (LinkageError e) {
      throw JUnitPlatform.mismatch(loader, e);
    }
  }

  private static LauncherDiscoveryRequest requestOf(TestName name, boolean withMethod) {
    LauncherDiscoveryRequestBuilder builder =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(DiscoverySelectors.selectClass(name.type()));
    if (withMethod && name.method() != null) {
      builder.filters((PostDiscoveryFilter) descriptor -> isNamed(descriptor, name));
    }
    return builder.build();
  }

  private static FilterResult isNamed(TestDescriptor descriptor, TestName name) {
    TestSource source = descriptor.getSource().orElse(null);
    if (!(source instanceof MethodSource method)) {
      return FilterResult.includedIf(!descriptor.isTest());
    }
    return FilterResult.includedIf(
        method.getMethodName().equals(name.method())
            && method.getClassName().equals(name.type().getName()));
  }

  private void discover() {
    TestPlan plan = session.getLauncher().discover(request);
    if (!plan.containsTests()) throw new IllegalArgumentException(nothingFound());
    found = plan;
  }

  private String nothingFound() {
    String type = "class " + name.type().getName();
    List<String> methods = methodsOfClass();
    if (methods.isEmpty()) return type + " has no tests that an engine on the class path knows";
    return type + " has no test " + name.method() + "; it has " + String.join(", ", methods);
  }

  private List<String> methodsOfClass() {
    TestPlan plan = session.getLauncher().discover(requestOf(name, false));
    List<String> methods = new ArrayList<>();
    for (TestIdentifier root : plan.getRoots()) {
      for (TestIdentifier node : plan.getDescendants(root)) {
        TestSource source = node.getSource().orElse(null);
        if (!(source instanceof MethodSource method)) continue;
        if (method.getClassName().equals(name.type().getName()))
          methods.add(method.getMethodName());
      }
    }
    return methods;
  }

  TestName name() {
    return name;
  }

  /** Runs the tests once, on the calling thread, unless JUnit is configured to use more. */
  void run(HitReport report) {
    TestPlan plan = found;
    found = null;
    if (plan != null) session.getLauncher().execute(plan, report);
    else session.getLauncher().execute(request, report);
  }

  @Override
  public void close() {
    try (ContextLoader scope = ContextLoader.set(loader)) {
      session.close();
    }
  }
}
