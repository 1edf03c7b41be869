package dev.broadside.loads.junit;

import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.UniqueId.Segment;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** What the tests of a plan are called in reports. */
final class ReportedNames {
  private final TestPlan plan;
  private final TestName suite;

  ReportedNames(TestPlan plan, TestName suite) {
    this.plan = plan;
    this.suite = suite;
  }

  /** The name of the nearest method or class, and the numbers of invocations on the way to it. */
  String of(TestIdentifier test) {
    for (TestIdentifier node = test; node.getParentIdObject().isPresent(); node = parent(node)) {
      TestSource source = node.getSource().orElse(null);
      if (source instanceof MethodSource method) {
        return method.getClassName() + "." + method.getMethodName() + invocations(test);
      }
      if (source instanceof ClassSource type) {
        return type.getClassName() + (node.equals(test) ? "" : ownName(test)) + invocations(test);
      }
    }
    return test.getParentIdObject().isPresent() ? suite + ownName(test) : suite.toString();
  }

  private TestIdentifier parent(TestIdentifier node) {
    return plan.getParent(node).orElseThrow();
  }

  /** For engines whose tests are not methods. */
  private static String ownName(TestIdentifier test) {
    return "." + test.getLegacyReportingName();
  }

  /** Such as {@code [2]}; Jupiter writes {@code #2} into the ids of what it calls several times. */
  private static String invocations(TestIdentifier test) {
    StringBuilder numbers = new StringBuilder();
    for (Segment segment : test.getUniqueIdObject().getSegments()) {
      String value = segment.getValue();
      if (value.startsWith("#")) numbers.append('[').append(value.substring(1)).append(']');
    }
    return numbers.toString();
  }
}
