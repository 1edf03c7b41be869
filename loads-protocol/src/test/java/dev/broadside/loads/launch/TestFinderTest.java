package dev.broadside.loads.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.acme.load.Checkout;
import dev.broadside.users.Transaction;
import dev.broadside.users.TransactionContext;
import dev.broadside.users.UserContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestEngine;

class TestFinderTest {
  private static final String CHECKOUT = "com.acme.load.Checkout";

  @TempDir Path folder;

  @Test
  void transactions_areFoundByClass_inALoaderOfTheirOwn() throws Exception {
    FoundTest found = finder(classes()).find(CHECKOUT);
    assertThat(found).isInstanceOf(FoundTest.OfTransaction.class);
    FoundTest.OfTransaction transaction = (FoundTest.OfTransaction) found;
    assertThat(transaction.name()).isEqualTo(CHECKOUT);
    Class<?> type = transaction.script().type();
    assertThat(type.getName()).isEqualTo(CHECKOUT);
    assertThat(type).isNotSameAs(Checkout.class);
    assertThat(type.getClassLoader()).isInstanceOf(UserClassPath.class);
    assertThat(transaction.script().factory().apply(UserContext.of(1, "g")))
        .isInstanceOf(Transaction.class);
  }

  @Test
  void libraries_ofThisJarAreHiddenFromTests() throws Exception {
    FoundTest found = finder(classes()).find("com.acme.load.JacksonUser");
    UserContext user = UserContext.of(1, "g");
    ((FoundTest.OfTransaction) found)
        .script()
        .factory()
        .apply(user)
        .run(TransactionContext.of(user));
  }

  @Test
  void nestedTransactions_areFoundByDotsToo() throws Exception {
    String outer = "dev.broadside.loads.launch.TestFinderTest";
    for (String test : List.of(outer + ".Nested", outer + "$Nested")) {
      FoundTest.OfTransaction found = (FoundTest.OfTransaction) finder(classes()).find(test);
      assertThat(found.name()).isEqualTo(test);
      assertThat(found.script().type().getName()).isEqualTo(outer + "$Nested");
    }
  }

  /** A transaction in another class. */
  public static final class Nested implements Transaction {
    @Override
    public void run(TransactionContext context) {}
  }

  @Test
  void files_areFoundInTheFolder() throws Exception {
    Files.writeString(
        folder.resolve("Shop.java"),
        "public class Shop implements dev.broadside.users.Transaction {"
            + " public void run(dev.broadside.users.TransactionContext context) {} }");
    FoundTest.OfTransaction found = (FoundTest.OfTransaction) finder().find("Shop.java");
    assertThat(found.script().type().getSimpleName()).isEqualTo("Shop");
  }

  @Test
  void missingClasses_areToldWithWhereTheyWereLookedFor() {
    Path missing = folder.resolve("lib.jar");
    assertThatThrownBy(() -> finder(classes(), missing).find("com.acme.Nowhere.pays"))
        .isInstanceOf(TestNotFoundException.class)
        .hasMessageContainingAll(
            "no class com.acme.Nowhere.pays, nor a class com.acme.Nowhere",
            classes().toString(),
            missing + " (missing)",
            "--classpath",
            "BROADSIDE_CLASSPATH",
            "CLASSPATH");
    assertThatThrownBy(() -> finder().find("Nowhere#pays"))
        .hasMessageContainingAll("no class Nowhere;", "no class path was given");
  }

  @Test
  void methodsOfTransactions_areRefused() {
    for (String test : List.of(CHECKOUT + "#run", CHECKOUT + ".run")) {
      assertThatThrownBy(() -> finder(classes()).find(test))
          .hasMessage("test " + test + ": " + CHECKOUT + " is a transaction; it is run whole");
    }
  }

  @Test
  void scriptsThatAreWrong_areToldAsTheLoaderSays() {
    assertThatThrownBy(() -> finder().find("Missing.java"))
        .isInstanceOf(TestNotFoundException.class)
        .hasMessageContaining("script Missing.java is missing");
  }

  @Test
  void junitTestsWithoutJunit_sayWhatIsNeeded() {
    assertThatThrownBy(() -> finder(classes()).find("dev.broadside.loads.launch.RunnerLogTest"))
        .hasMessageContainingAll(
            "is no dev.broadside.users.Transaction", "org.junit.platform:junit-platform-launcher");
  }

  @Test
  void junitTestsWithoutALauncher_sayWhichOneToAdd() throws Exception {
    Path engine =
        Path.of(TestEngine.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    String name = engine.getFileName().toString();
    String version = name.substring("junit-platform-engine-".length(), name.length() - 4);
    List<Path> places = new ArrayList<>(List.of(classes(), engine));
    assertThatThrownBy(() -> finder(places).find("dev.broadside.loads.launch.RunnerLogTest"))
        .hasMessageContaining("add org.junit.platform:junit-platform-launcher:" + version + " to");
    Path renamed = Files.copy(engine, folder.resolve("engine.jar"));
    places.set(1, renamed);
    assertThatThrownBy(() -> finder(places).find("dev.broadside.loads.launch.RunnerLogTest"))
        .hasMessageContaining("add org.junit.platform:junit-platform-launcher:" + version + " to");
  }

  private TestFinder finder(Path... places) {
    return finder(Arrays.asList(places));
  }

  private TestFinder finder(List<Path> places) {
    return new TestFinder(new UserClassPath(places), folder);
  }

  private static Path classes() {
    return Path.of("target", "test-classes").toAbsolutePath();
  }
}
