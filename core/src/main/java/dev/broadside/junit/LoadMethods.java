package dev.broadside.junit;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;

/** Finds load tests that JUnit leaves out with no more than a warning. */
final class LoadMethods {
  private LoadMethods() {}

  /** Those of a class, in words. */
  static List<String> leftOut(Class<?> type) {
    return AnnotationSupport.findAnnotatedMethods(
            type, LoadTest.class, HierarchyTraversalMode.TOP_DOWN)
        .stream()
        .filter(method -> !isRun(method))
        .map(LoadMethods::fault)
        .toList();
  }

  private static boolean isRun(Method method) {
    return method.getReturnType() == void.class
        && !Modifier.isStatic(method.getModifiers())
        && !Modifier.isPrivate(method.getModifiers());
  }

  private static String fault(Method method) {
    String declared = Modifier.toString(method.getModifiers()) + " " + method.getReturnType();
    return String.format(
        "JUnit does not run the load test %s.%s: it is declared as %s, and may be neither private nor"
            + " static nor return anything",
        method.getDeclaringClass().getSimpleName(), method.getName(), declared.strip());
  }
}
