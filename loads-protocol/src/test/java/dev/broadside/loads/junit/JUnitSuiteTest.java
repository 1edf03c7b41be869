package dev.broadside.loads.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.broadside.loads.LoadsReporter;
import dev.broadside.loads.LoadsSuite;
import dev.broadside.loads.launch.UserClassPath;
import dev.broadside.loads.protocol.LoadsMessage;
import dev.broadside.loads.protocol.LoadsMessage.AddError;
import dev.broadside.loads.protocol.LoadsMessage.StartTest;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each version of JUnit runs the same tests, in {@code com.acme}, with the same reports. */
class JUnitSuiteTest {
  private static final String SUCCESS = "startTest, addSuccess, stopTest";
  private static final Path PARALLEL = Path.of("src/test/resources/parallel").toAbsolutePath();

  private final Recording recording = new Recording();

  @AfterEach
  void close() {
    recording.close();
  }

  @ParameterizedTest
  @EnumSource
  void run_reportsEachOutcome(JUnitVersion version) throws Exception {
    try (UserClassPath loader = version.classPath()) {
      run(loader, "com.acme.Checkout");
    }
    assertThat(recording.tests())
        .containsExactly(
            entry("com.acme.Checkout.assumes", "startTest, stopTest"),
            entry("com.acme.Checkout.counts", SUCCESS),
            entry("com.acme.Checkout.errs", "startTest, addError IOException, stopTest"),
            entry(
                "com.acme.Checkout.failsOnce",
                "startTest, addFailure AssertionFailedError, stopTest"),
            entry(
                "com.acme.Checkout.failsTwice",
                "startTest, addFailure MultipleFailuresError, stopTest"),
            entry(
                "com.acme.Checkout.overflows", "startTest, addError StackOverflowError, stopTest"),
            entry("com.acme.Checkout.pays", SUCCESS));
    assertThat(recording.extras())
        .containsExactlyInAnyOrder("http://acme.com/pay", "com.acme.Checkout.counts carts");
  }

  @ParameterizedTest
  @EnumSource
  void run_onSeveralThreads_reportsTheSame(JUnitVersion version) throws Exception {
    try (UserClassPath loader = version.classPath(PARALLEL)) {
      run(loader, "com.acme.Checkout");
    }
    assertThat(recording.tests()).hasSize(7);
    assertThat(recording.extras())
        .containsExactlyInAnyOrder("http://acme.com/pay", "com.acme.Checkout.counts carts");
  }

  @ParameterizedTest
  @EnumSource
  void run_numbersInvocationsAndNamesNestedClasses(JUnitVersion version) throws Exception {
    try (UserClassPath loader = version.classPath()) {
      run(loader, "com.acme.Prices");
    }
    assertThat(recording.tests())
        .containsExactly(
            entry("com.acme.Prices$WithCoupon.isLower", SUCCESS),
            entry("com.acme.Prices$WithCoupon.isLowerBy[1]", SUCCESS),
            entry("com.acme.Prices.again[1]", SUCCESS),
            entry("com.acme.Prices.again[2]", SUCCESS),
            entry("com.acme.Prices.made[1]", SUCCESS),
            entry("com.acme.Prices.made[2]", SUCCESS),
            entry("com.acme.Prices.ofColour[1]", SUCCESS),
            entry(
                "com.acme.Prices.ofColour[2]",
                "startTest, addFailure AssertionFailedError, stopTest"));
  }

  @ParameterizedTest
  @EnumSource
  void run_reportsContainersThatFail(JUnitVersion version) throws Exception {
    try (UserClassPath loader = version.classPath()) {
      for (String name :
          List.of("BeforeTests", "AfterTests", "Constructor", "Arguments", "Parameter")) {
        run(loader, "com.acme.Broken$" + name);
      }
      run(loader, "com.acme.Broken$Assumption");
    }
    String error = "startTest, addError IllegalStateException, stopTest";
    assertThat(recording.tests())
        .containsExactly(
            entry(
                "com.acme.Broken$AfterTests", "startTest, addError AssertionFailedError, stopTest"),
            entry("com.acme.Broken$AfterTests.sells", SUCCESS),
            entry("com.acme.Broken$Arguments.sells", error),
            entry("com.acme.Broken$Assumption", "startTest, stopTest"),
            entry("com.acme.Broken$BeforeTests", error),
            entry("com.acme.Broken$Constructor.sells", error),
            entry(
                "com.acme.Broken$Parameter.sells",
                "startTest, addError ParameterResolutionException, stopTest"));
  }

  @ParameterizedTest
  @EnumSource
  void run_reportsExtensionsThatCannotBeRegistered(JUnitVersion version) throws Exception {
    try (UserClassPath loader = version.classPath()) {
      run(loader, "com.acme.Broken$Extension");
    }
    assertThat(recording.tests().get("com.acme.Broken$Extension"))
        .startsWith("startTest, addError");
  }

  @ParameterizedTest
  @EnumSource
  void run_thatJUnitBreaksOff_leavesNoTestWithoutItsEnd(JUnitVersion version) throws Exception {
    try (UserClassPath loader = version.classPath()) {
      assertThatThrownBy(() -> run(loader, "com.acme.Broken$Memory")).hasMessage("pretended");
    }
    assertThat(recording.tests())
        .containsExactly(
            entry(
                "com.acme.Broken$Memory.sells", "startTest, addError OutOfMemoryError, stopTest"));
  }

  @ParameterizedTest
  @EnumSource
  void name_selectsAMethodEitherWay(JUnitVersion version) throws Exception {
    try (UserClassPath loader = version.classPath()) {
      run(loader, "com.acme.BookShop.sells");
      run(loader, "com.acme.BookShop#opens");
      run(loader, "com.acme.Prices.again");
      run(loader, "com.acme.Prices$WithCoupon#isLower");
    }
    assertThat(recording.tests())
        .containsExactly(
            entry("com.acme.BookShop.opens", SUCCESS), // inherited
            entry("com.acme.BookShop.sells", SUCCESS + ", " + SUCCESS), // overloaded
            entry("com.acme.Prices$WithCoupon.isLower", SUCCESS),
            entry("com.acme.Prices.again[1]", SUCCESS),
            entry("com.acme.Prices.again[2]", SUCCESS));
  }

  @ParameterizedTest
  @EnumSource
  void name_thatMatchesNothing_isAnErrorInWords(JUnitVersion version) throws Exception {
    try (UserClassPath loader = version.classPath()) {
      assertThat(fault(loader, "com.acme.Empty"))
          .isEqualTo("class com.acme.Empty has no tests that an engine on the class path knows");
      assertThat(fault(loader, "com.acme.BookShop#buys"))
          .startsWith("class com.acme.BookShop has no test buys; it has ")
          .contains("opens", "sells");
      assertThat(fault(loader, "com.acme.BookShp.sells"))
          .isEqualTo("there is no class com.acme.BookShp.sells, and no class com.acme.BookShp");
      assertThat(fault(loader, "com.acme.BookShp#sells"))
          .isEqualTo("there is no class com.acme.BookShp");
      assertThat(fault(loader, "com.acme.BookShop#")).contains("names no method");
      assertThat(fault(loader, "Nothing")).isEqualTo("there is no class Nothing");
    }
  }

  @ParameterizedTest
  @EnumSource
  void missingLauncher_isNamedWithItsVersion(JUnitVersion version) throws Exception {
    List<Path> places = version.jarsWithoutLauncher();
    String engine =
        places.stream()
            .map(place -> place.getFileName().toString())
            .filter(name -> name.startsWith("junit-platform-engine-"))
            .findFirst()
            .orElseThrow();
    String its = engine.substring("junit-platform-engine-".length(), engine.length() - 4);
    try (UserClassPath loader = new UserClassPath(places)) {
      assertThat(fault(loader, "com.acme.Checkout"))
          .isEqualTo(
              "running JUnit tests needs org.junit.platform:junit-platform-launcher:"
                  + its
                  + " on the class path");
    }
  }

  @Test
  void launcherOfAnotherVersion_isSaid() throws Exception {
    List<Path> places = new ArrayList<>(JUnitVersion.OLDEST.jarsWithoutLauncher());
    for (Path jar : JUnitVersion.NEWEST.jars()) {
      if (jar.getFileName().toString().contains("launcher")) places.add(jar);
    }
    try (UserClassPath loader = new UserClassPath(places)) {
      assertThat(fault(loader, JUnitSuiteTest.class.getName()))
          .contains("do not fit each other", "launcher 6.1.3", "engine 1.10.2");
    }
  }

  @ParameterizedTest
  @EnumSource
  void run_again_reportsAgain(JUnitVersion version) throws Exception {
    try (UserClassPath loader = version.classPath();
        LoadsSuite suite = suite(loader, "com.acme.BookShop.opens")) {
      for (int hit = 1; hit <= 3; hit++) {
        recording.reporter().currentHit(hit);
        suite.run(recording.reporter());
      }
    }
    assertThat(startedHits()).containsExactly(1, 2, 3);
  }

  private List<Integer> startedHits() throws InterruptedException {
    List<Integer> hits = new ArrayList<>();
    for (LoadsMessage message : recording.messages()) {
      if (message instanceof StartTest start) hits.add(start.loadsStatus().currentHit());
    }
    return hits;
  }

  @ParameterizedTest
  @EnumSource
  void run_onSeveralThreadsAtOnce_keepsUsersApart(JUnitVersion version) throws Exception {
    ExecutorService users = Executors.newFixedThreadPool(4);
    try (UserClassPath loader = version.classPath()) {
      List<Future<Void>> ends = new ArrayList<>();
      for (int user = 0; user < 4; user++) ends.add(users.submit(oneUser(loader)));
      for (Future<Void> end : ends) end.get(60, TimeUnit.SECONDS);
    } finally {
      users.shutdownNow();
    }
  }

  private static Callable<Void> oneUser(UserClassPath loader) {
    return () -> {
      try (Recording own = new Recording();
          LoadsSuite suite = suite(loader, "com.acme.Checkout")) {
        for (int hit = 0; hit < 5; hit++) suite.run(own.reporter());
        assertThat(own.extras())
            .hasSize(10)
            .containsOnly("http://acme.com/pay", "com.acme.Checkout.counts carts");
        assertThat(own.tests()).hasSize(7);
      }
      return null;
    };
  }

  @ParameterizedTest
  @EnumSource
  void interrupt_endsTheTestAndLeavesOutTheRest(JUnitVersion version) throws Exception {
    try (UserClassPath loader = version.classPath()) {
      interruptInTheMiddle(patientSuite(loader, "com.acme.Slow$WithoutExtension"), 1);
    }
    assertThat(recording.tests())
        .containsExactly(
            entry(
                "com.acme.Slow$WithoutExtension.first",
                "startTest, addError InterruptedException, stopTest"));
    assertThat(recording.extras()).contains("class closes"); // @AfterAll
  }

  @ParameterizedTest
  @EnumSource
  void interrupt_thatATestSwallows_leavesOutTheRest(JUnitVersion version) throws Exception {
    try (UserClassPath loader = version.classPath()) {
      interruptInTheMiddle(patientSuite(loader, "com.acme.Slow$WithExtension"), 1);
    }
    assertThat(recording.tests())
        .containsExactly(entry("com.acme.Slow$WithExtension.first", SUCCESS));
    assertThat(recording.extras()).containsExactly("first waits");
  }

  @ParameterizedTest
  @EnumSource
  void interrupt_reachesTestsOnOtherThreads(JUnitVersion version) throws Exception {
    try (UserClassPath loader = version.classPath(PARALLEL)) {
      interruptInTheMiddle(patientSuite(loader, "com.acme.Slow$Unordered"), 2);
    }
    String error = "startTest, addError InterruptedException, stopTest";
    assertThat(recording.tests())
        .contains( // and of the class, which JUnit says was interrupted
            entry("com.acme.Slow$Unordered.first", error),
            entry("com.acme.Slow$Unordered.second", error));
  }

  @ParameterizedTest
  @EnumSource
  void interrupt_thatATestIgnores_endsTheRunNevertheless(JUnitVersion version) throws Exception {
    try (UserClassPath loader = version.classPath()) {
      LoadsSuite suite = suite(loader, "com.acme.Slow$Stubborn");
      interruptInTheMiddle(suite, 1);
      assertThatThrownBy(() -> suite.run(recording.reporter()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("a test that was interrupted earlier still runs");
      var open = loader.loadClass("com.acme.Slow$Stubborn").getDeclaredField("open");
      open.setAccessible(true);
      open.setBoolean(null, true);
    }
    assertThat(recording.tests())
        .containsExactly(
            entry(
                "com.acme.Slow$Stubborn.first",
                "startTest, addError TestAbandonedException, stopTest"));
    assertThat(recording.messages())
        .filteredOn(AddError.class::isInstance)
        .singleElement()
        .satisfies(e -> assertThat(((AddError) e).excInfo().traceback()).contains("Slow.java"));
  }

  @ParameterizedTest
  @EnumSource
  void interrupt_ofATestByItself_endsThatTestOnly(JUnitVersion version) throws Exception {
    try (UserClassPath loader = version.classPath()) {
      run(loader, "com.acme.Slow$Interrupting");
    }
    assertThat(recording.tests())
        .containsExactly(
            entry("com.acme.Slow$Interrupting.first", SUCCESS),
            entry(
                "com.acme.Slow$Interrupting.second",
                "startTest, addError InterruptedException, stopTest"),
            entry("com.acme.Slow$Interrupting.third", SUCCESS));
  }

  @ParameterizedTest
  @EnumSource
  void warmUp_reportsNothing(JUnitVersion version) throws Exception {
    try (UserClassPath loader = version.classPath()) {
      loader.loadClass(JUnitSuite.class.getName()).getMethod("warmUp").invoke(null);
    }
    assertThat(recording.messages()).isEmpty();
  }

  @Test
  void run_withinTheLoaderOfTheLibrary_works() throws Exception {
    try (JUnitSuite suite = new JUnitSuite("com.acme.BookShop.opens")) {
      suite.run(recording.reporter());
    }
    assertThat(recording.tests()).containsExactly(entry("com.acme.BookShop.opens", SUCCESS));
  }

  private static LoadsSuite suite(UserClassPath loader, String test) throws Exception {
    Class<?> adapter = loader.loadClass(JUnitSuite.class.getName());
    assertThat(adapter.getClassLoader()).isSameAs(loader);
    return (LoadsSuite) adapter.getConstructor(String.class).newInstance(test);
  }

  private void run(UserClassPath loader, String test) throws Exception {
    try (LoadsSuite suite = suite(loader, test)) {
      suite.run(recording.reporter());
    }
  }

  /** One that waits for the end of interrupted tests, on however slow a machine. */
  private static LoadsSuite patientSuite(UserClassPath loader, String test) throws Exception {
    return (LoadsSuite)
        loader
            .loadClass(JUnitSuite.class.getName())
            .getConstructor(String.class, ClassLoader.class, Duration.class)
            .newInstance(test, loader, Duration.ofSeconds(20));
  }

  /** Interrupts the user once so many tests wait; returns when its run has ended. */
  private void interruptInTheMiddle(LoadsSuite suite, int waiting) throws Exception {
    boolean[] interrupted = new boolean[1];
    Thread user =
        new Thread(
            () -> {
              runQuietly(suite, recording.reporter());
              interrupted[0] = Thread.interrupted();
            });
    user.start();
    for (int i = 0; i < waiting; i++) recording.awaitCounter("waits");
    user.interrupt();
    user.join(30_000);
    assertThat(user.isAlive()).isFalse();
    assertThat(interrupted[0]).isTrue();
    suite.close();
  }

  private static void runQuietly(LoadsSuite suite, LoadsReporter reporter) {
    try {
      suite.run(reporter);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static String fault(UserClassPath loader, String test) throws Exception {
    try (LoadsSuite suite = suite(loader, test)) {
      throw new AssertionError(test + " is " + suite);
    } catch (InvocationTargetException e) {
      return e.getCause().getMessage();
    }
  }
}
