package dev.broadside.oct;

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

  private static final String JACKSON = "com.fasterxml.jackson";

  /** Packages of the house that each may use. One that is not here has to be argued for first. */
  private static final Map<String, Set<String>> ARROWS =
      Map.of(
          "oct",
          Set.of("messaging", "users", "users.script", "metrics", "oct.protocol", "oct.config"),
          "oct.protocol",
          Set.of(),
          "oct.config",
          Set.of(),
          "oct.hq",
          Set.of(
              "messaging",
              "metrics",
              "report",
              "oct",
              "oct.protocol",
              "oct.config",
              "oct.results",
              "oct.store"),
          "oct.results",
          Set.of("metrics", "report", "oct.protocol", "oct.store"),
          "oct.store",
          Set.of("metrics", "oct.protocol"),
          "oct.live",
          Set.of("metrics", "report", "oct.hq"),
          "oct.packaging",
          Set.of("oct", "oct.hq"),
          "oct.junit",
          Set.of("oct.hq"),
          "oct.cli",
          Set.of(
              "messaging",
              "users",
              "users.script",
              "metrics",
              "report",
              "terminal",
              "oct",
              "oct.protocol",
              "oct.hq",
              "oct.results",
              "oct.store",
              "oct.live",
              "oct.packaging"));

  /** Libraries, and optional modules of the JDK, that each may use, by their root packages. */
  private static final Map<String, String> LIBRARIES =
      Map.of(
          "oct",
          JACKSON,
          "oct.protocol",
          JACKSON,
          "oct.hq",
          JACKSON,
          "oct.config",
          JACKSON,
          "oct.results",
          JACKSON,
          "oct.store",
          "java.sql",
          "oct.live",
          JACKSON + " com.sun.net.httpserver",
          "oct.junit",
          "org.junit.jupiter",
          "oct.packaging",
          JACKSON + " org.apache.commons.compress",
          "oct.cli",
          "picocli");

  /** What everyone may use: java.base and its kind, and the annotations of nullness. */
  private static final List<String> ANYONE = List.of("java", "org.jspecify");

  private static final List<String> OPTIONAL_JDK = List.of("java.sql", "java.rmi", "java.awt");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(location -> !location.contains("module-info"))
          .importPackages(HOUSE + ".oct");

  @Test
  void packages_keepToTheirArrows() {
    classes().should(keepToTheArrows()).check(CLASSES);
  }

  @Test
  void packages_haveNoCycles() {
    slices().matching(HOUSE + ".oct.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void classes_areThoseOfThisModule() {
    assertThat(CLASSES.stream().map(type -> house(type.getPackageName())))
        .contains("oct", "oct.protocol", "oct.hq")
        .allMatch(name -> isUnder("oct", name));
  }

  @Test
  void mayUse_knowsWhatIsForbidden() {
    assertThat(mayUse("oct", HOUSE + ".oct.protocol")).isTrue();
    assertThat(mayUse("oct.protocol", HOUSE + ".oct")).isFalse();
    assertThat(mayUse("oct", HOUSE + ".oct.hq")).isFalse();
    assertThat(mayUse("oct", HOUSE + ".loads")).isFalse();
    assertThat(mayUse("oct", HOUSE + ".report")).isFalse();
    assertThat(mayUse("oct", "org.zeromq")).isFalse();
    assertThat(mayUse("oct.protocol", "com.fasterxml.jackson.core.io")).isTrue();
    assertThat(mayUse("oct.packaging", "picocli")).isFalse();
    assertThat(mayUse("oct.hq", "java.sql")).isFalse();
    assertThat(mayUse("oct.cli", "java.sql")).isFalse();
    assertThat(mayUse("oct.unheard.of", "java.util")).isFalse();
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

  /** A package's name inside the house. */
  private static String house(String name) {
    return name.substring(HOUSE.length() + 1);
  }
}
