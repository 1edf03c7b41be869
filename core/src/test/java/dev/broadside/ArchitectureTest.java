package dev.broadside;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The arrows of the table in docs/design.md: who may use whom, and which library belongs where. */
class ArchitectureTest {
  private static final String HOUSE = "dev.broadside";

  private static final String JEROMQ = "org.zeromq zmq";
  private static final String HISTOGRAM = "org.HdrHistogram";
  private static final String JACKSON = "com.fasterxml.jackson";
  private static final String JACKSON_CORE = "com.fasterxml.jackson.core";
  private static final String JUNIT = "org.junit.jupiter org.junit.platform org.opentest4j";
  private static final String COMPILER = "javax.tools javax.lang.model javax.annotation.processing";

  /** Packages of the house that each may use. One that is not here has to be argued for first. */
  private static final Map<String, Set<String>> ARROWS =
      Map.of(
          "", Set.of("users", "users.feed", "metrics", "report"),
          "junit", Set.of("", "users", "metrics", "report"),
          "messaging", Set.of(),
          "users", Set.of("metrics"),
          "users.script", Set.of("users"),
          "users.feed", Set.of("users", "metrics"),
          "metrics", Set.of(),
          "report", Set.of("metrics"),
          "terminal", Set.of());

  /** Libraries, and optional modules of the JDK, that each may use, by their root packages. */
  private static final Map<String, String> LIBRARIES =
      Map.of(
          "junit", JUNIT,
          "messaging", JEROMQ,
          "users.script", COMPILER,
          "users.feed", JACKSON,
          "metrics", HISTOGRAM + " " + JACKSON_CORE,
          "report", JACKSON_CORE);

  /** What everyone may use: java.base and its kind, and the annotations of nullness. */
  private static final List<String> ANYONE = List.of("java", "org.jspecify");

  private static final List<String> OPTIONAL_JDK = List.of("java.sql", "java.rmi", "java.awt");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(location -> !location.contains("module-info"))
          .importPackages(HOUSE);

  @Test
  void packages_keepToTheirArrows() {
    classes().should(keepToTheArrows()).check(CLASSES);
  }

  @Test
  void packages_haveNoCycles() {
    slices().matching(HOUSE + ".(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void classes_areThoseOfThisModule() {
    assertThat(CLASSES.stream().map(type -> house(type.getPackageName())))
        .contains("messaging", "users", "metrics");
  }

  @Test
  void mayUse_knowsWhatIsForbidden() {
    assertThat(mayUse("users", HOUSE + ".metrics")).isTrue();
    assertThat(mayUse("metrics", HOUSE + ".users")).isFalse();
    assertThat(mayUse("users", HOUSE + ".messaging")).isFalse();
    assertThat(mayUse("users", "org.zeromq")).isFalse();
    assertThat(mayUse("messaging", "zmq.io.net")).isTrue();
    assertThat(mayUse("messaging", HOUSE + ".metrics")).isFalse();
    assertThat(mayUse("users", "javax.tools")).isFalse();
    assertThat(mayUse("report", "com.fasterxml.jackson.databind")).isFalse();
    assertThat(mayUse("report", "com.fasterxml.jackson.core.io")).isTrue();
    assertThat(mayUse("report", "java.sql")).isFalse();
    assertThat(mayUse("report", "java.util.concurrent")).isTrue();
    assertThat(mayUse("unheard.of", "java.util")).isFalse();
  }

  private static ArchCondition<JavaClass> keepToTheArrows() {
    return new ArchCondition<>("keep to the arrows of docs/design.md") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        String from = house(type.getPackageName());
        for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
          JavaClass target = dependency.getTargetClass().getBaseComponentType();
          if (target.isPrimitive() || mayUse(from, target.getPackageName())) continue;
          events.add(SimpleConditionEvent.violated(type, dependency.getDescription()));
        }
      }
    };
  }

  private static boolean mayUse(String from, String target) {
    Set<String> arrows = ARROWS.get(from);
    if (arrows == null) return false; // not in the table
    if (isUnder(HOUSE, target)) return house(target).equals(from) || arrows.contains(house(target));
    if (isUnderAny(List.of(LIBRARIES.getOrDefault(from, "-").split(" ")), target)) return true;
    return isUnderAny(ANYONE, target) && !isUnderAny(OPTIONAL_JDK, target);
  }

  private static boolean isUnderAny(List<String> roots, String name) {
    return roots.stream().anyMatch(root -> isUnder(root, name));
  }

  private static boolean isUnder(String root, String name) {
    return name.equals(root) || name.startsWith(root + ".");
  }

  /** A package's name inside the house; the front door's is empty. */
  private static String house(String name) {
    return name.equals(HOUSE) ? "" : name.substring(HOUSE.length() + 1);
  }
}
