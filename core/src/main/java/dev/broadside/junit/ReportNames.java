package dev.broadside.junit;

import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Gives each load test of a JVM a name for its files, as {@code Class.method}. Thread-safe. */
final class ReportNames {
  /** An invocation of a class with parameters: {@code class-template-invocation:#2}. */
  private static final Pattern INVOCATION = Pattern.compile("invocation:#(\\d+)");

  private static final Pattern NOT_IN_FILES = Pattern.compile("[^\\p{L}\\p{N}._-]");
  private static final int MAX_LENGTH = 100;

  private final Map<String, String> owners = new HashMap<>();

  /** The test's name, made of what any file system takes; the same for the same test. */
  synchronized String of(ExtensionContext test) {
    String name = inFiles(name(test) + overload(test) + invocations(test.getUniqueId()));
    String free = name;
    for (int i = 2; isTaken(free, test.getUniqueId()); i++) free = name + "-" + i;
    return free;
  }

  private boolean isTaken(String name, String test) {
    String owner = owners.putIfAbsent(name.toLowerCase(Locale.ROOT), test);
    return owner != null && !owner.equals(test);
  }

  /** The test as people call it: {@code Outer.Inner.method}. */
  static String name(ExtensionContext test) {
    Class<?> type = test.getRequiredTestClass();
    String withOuter = type.getName().substring(type.getPackageName().length());
    return withOuter.replaceFirst("^\\.", "").replace('$', '.')
        + "."
        + test.getRequiredTestMethod().getName();
  }

  /** The types of parameters, of a test whose name others of its class have too. */
  private static String overload(ExtensionContext test) {
    Method method = test.getRequiredTestMethod();
    long same =
        Stream.of(method.getDeclaringClass().getDeclaredMethods())
            .filter(each -> each.getName().equals(method.getName()) && !each.isSynthetic())
            .count();
    if (same == 1) return "";
    return Stream.of(method.getParameterTypes())
        .map(Class::getSimpleName)
        .map("-"::concat)
        .collect(Collectors.joining());
  }

  private static String invocations(String uniqueId) {
    StringBuilder numbers = new StringBuilder();
    Matcher matcher = INVOCATION.matcher(uniqueId);
    while (matcher.find()) numbers.append('-').append(matcher.group(1));
    return numbers.toString();
  }

  private static String inFiles(String name) {
    String safe = NOT_IN_FILES.matcher(name).replaceAll("_");
    return safe.length() <= MAX_LENGTH ? safe : safe.substring(0, MAX_LENGTH);
  }
}
