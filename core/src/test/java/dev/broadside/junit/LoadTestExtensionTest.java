package dev.broadside.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.broadside.metrics.Baseline;
import dev.broadside.metrics.RunResult;
import dev.broadside.users.TransactionContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.OutputDirectoryCreator;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Load tests as Jupiter runs them. */
@Timeout(60)
class LoadTestExtensionTest {
  @TempDir Path reports;
  @TempDir Path published;

  private EngineExecutionResults run(Class<?> tests) {
    return run(tests, Map.of());
  }

  private EngineExecutionResults run(Class<?> tests, Map<String, String> configuration) {
    return EngineTestKit.engine("junit-jupiter")
        .selectors(selectClass(tests))
        .enableImplicitConfigurationParameters(false)
        .configurationParameter(LoadTest.REPORTS, reports.toString())
        .configurationParameters(configuration)
        .outputDirectoryCreator(published())
        .execute();
  }

  private OutputDirectoryCreator published() {
    return new OutputDirectoryCreator() {
      @Override
      public Path getRootDirectory() {
        return published;
      }

      @Override
      public Path createOutputDirectory(TestDescriptor test) throws IOException {
        return Files.createTempDirectory(published, "test");
      }
    };
  }

  private TestExecutionResult only(Class<?> tests) {
    return run(tests).testEvents().finished().stream()
        .findFirst()
        .orElseThrow()
        .getRequiredPayload(TestExecutionResult.class);
  }

  private String failure(Class<?> tests) {
    TestExecutionResult result = only(tests);
    assertThat(result.getStatus()).isEqualTo(Status.FAILED);
    return String.valueOf(result.getThrowable().orElseThrow().getMessage());
  }

  @Test
  void method_isCalledByAllUsersEachWithItsContext() {
    run(ThreeUsers.class).testEvents().assertStatistics(stats -> stats.succeeded(1).failed(0));
    assertThat(ThreeUsers.calls).hasSize(3).allSatisfy((user, n) -> assertThat(n).hasValue(5));
    assertThat(ThreeUsers.instances).as("instances").hasSize(1);
    assertThat(ThreeUsers.around).as("calls of @BeforeEach and @AfterEach").hasValue(2);
  }

  static class ThreeUsers {
    static final Map<Integer, AtomicInteger> calls = new ConcurrentHashMap<>();
    static final Set<Object> instances = ConcurrentHashMap.newKeySet();
    static final AtomicInteger around = new AtomicInteger();

    @BeforeEach
    void before() {
      around.incrementAndGet();
      calls.clear();
      instances.clear();
    }

    @LoadTest(users = 3, iterationsPerUser = 5, thresholds = "browse: count >= 15")
    void browse(TestInfo info, TransactionContext context, @TempDir Path folder) {
      assertThat(info.getDisplayName()).startsWith("browse(");
      assertThat(folder).isDirectory();
      instances.add(this);
      calls.computeIfAbsent(context.userNumber(), n -> new AtomicInteger()).incrementAndGet();
    }

    @AfterEach
    void after() {
      around.incrementAndGet();
    }
  }

  @Test
  void missedThresholds_failTheTestInWords() {
    String message = failure(Slow.class);
    assertThat(message.lines().findFirst().orElseThrow())
        .matches("p\\(50\\) < 1ms has to hold, but measured was .* ms; count > 1000 has .* 10");
    assertThat(message)
        .contains("10 transactions in ", "none failed; p50 ")
        .contains("The report: " + reports.resolve("LoadTestExtensionTest.Slow.browse.html"));
  }

  static class Slow {
    @LoadTest(
        users = 2,
        iterations = 10,
        thresholds = {"p(50) < 1ms", "count > 1000", "errors < 1%"})
    void browse() throws InterruptedException {
      Thread.sleep(5);
    }
  }

  @Test
  void failures_failTheTestAndTheMostFrequentAreTold() {
    assertThat(failure(Failing.class))
        .contains("errors <= 0%", ", 10 failed", "The most frequent errors:")
        .contains("  4 times: out of stock", "  3 times: no basket", "  2 times: too late")
        .contains("  and 1 more")
        .doesNotContain("closed");
  }

  static class Failing {
    final AtomicInteger calls = new AtomicInteger();

    @LoadTest(users = 2, iterations = 10)
    void buy() {
      int call = calls.getAndIncrement();
      if (call < 4) throw new IllegalStateException("out of\n stock");
      if (call < 7) fail("no basket");
      throw new IllegalStateException(call < 9 ? "too late" : "closed");
    }
  }

  @Test
  void failures_arePermittedByAThreshold() {
    assertThat(only(SomeFail.class).getStatus()).isEqualTo(Status.SUCCESSFUL);
  }

  static class SomeFail {
    final AtomicInteger calls = new AtomicInteger();

    @LoadTest(users = 2, iterations = 100, thresholds = "errors < 2%")
    void buy() {
      if (calls.incrementAndGet() == 50) fail("out of stock");
    }
  }

  @Test
  void assumption_abortsTheTest() {
    assertThat(only(AssumesBefore.class).getStatus()).isEqualTo(Status.ABORTED);
    assertThat(only(Assumes.class).getStatus()).isEqualTo(Status.ABORTED);
  }

  static class AssumesBefore {
    @BeforeEach
    void before() {
      assumeTrue(false, "no server");
    }

    @LoadTest(iterations = 1)
    void buy() {}
  }

  static class Assumes {
    @LoadTest(users = 3, duration = "1h")
    void buy(TransactionContext context) throws InterruptedException {
      assumeTrue(context.userNumber() != 2, "no second user");
      Thread.sleep(1);
    }
  }

  @Test
  void timeout_endsTheLoadInOrder() {
    TestExecutionResult result = only(TimesOut.class);
    assertThat(result.getStatus()).isEqualTo(Status.FAILED);
    Throwable timeout = result.getThrowable().orElseThrow();
    assertThat(timeout).isInstanceOf(TimeoutException.class).hasMessageContaining("timed out");
    assertThat(timeout.getSuppressed())
        .singleElement()
        .extracting(Throwable::getMessage)
        .asString()
        .contains("interrupt", " transactions in ");
    assertThat(TimesOut.begun).hasPositiveValue().hasValue(TimesOut.ended.get());
    assertThat(TimesOut.told).as("the result of @AfterEach").isTrue();
    assertThat(reports.resolve("LoadTestExtensionTest.TimesOut.buy.html")).isNotEmptyFile();
  }

  @Test
  void timeoutWithAThreadOfItsOwn_waitsForTheEndOfTheLoad() {
    TestExecutionResult result = only(TimesOutElsewhere.class);
    assertThat(result.getThrowable().orElseThrow()).isInstanceOf(TimeoutException.class);
    assertThat(TimesOutElsewhere.begun).hasPositiveValue();
    assertThat(TimesOutElsewhere.stillThere).isZero();
  }

  static class TimesOutElsewhere {
    static final AtomicInteger begun = new AtomicInteger();
    static final AtomicInteger inside = new AtomicInteger();
    static volatile int stillThere = -1;

    @LoadTest(users = 3, duration = "1h")
    @Timeout(
        value = 300,
        unit = TimeUnit.MILLISECONDS,
        threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void buy() throws InterruptedException {
      begun.incrementAndGet();
      inside.incrementAndGet();
      try {
        Thread.sleep(100);
      } finally {
        inside.decrementAndGet();
      }
    }

    @AfterEach
    void look() {
      stillThere = inside.get();
    }
  }

  static class TimesOut {
    static final AtomicInteger begun = new AtomicInteger();
    static final AtomicInteger ended = new AtomicInteger();
    static volatile boolean told;

    @LoadTest(users = 3, duration = "1h")
    @Timeout(value = 300, unit = TimeUnit.MILLISECONDS)
    void buy() throws InterruptedException {
      begun.incrementAndGet();
      Thread.sleep(5);
      ended.incrementAndGet();
    }

    @AfterEach
    void check(RunResult result) {
      told = result.all().count() == ended.get();
    }
  }

  @Test
  void fault_isToldBeforeAnythingIsDone() {
    TestExecutionResult result = only(Faulty.class);
    assertThat(result.getThrowable().orElseThrow())
        .isInstanceOf(ExtensionConfigurationException.class)
        .hasMessageStartingWith("@LoadTest of LoadTestExtensionTest.Faulty.buy: rate = 10/s")
        .hasNoSuppressedExceptions();
    assertThat(Faulty.called).isFalse();
  }

  static class Faulty {
    static volatile boolean called;

    @BeforeEach
    void before() {
      called = true;
    }

    @LoadTest(users = 2, rate = "10/s", duration = "1s")
    void buy() {
      called = true;
    }

    @AfterEach
    void check(RunResult result) {
      called = true;
    }
  }

  @Test
  void methodThatReturnsSomething_isAnErrorOfItsNeighbours() {
    run(Returns.class)
        .testEvents()
        .assertStatistics(stats -> stats.started(1).failed(1).succeeded(0));
    assertThat(failure(Returns.class))
        .contains(
            "JUnit does not run the load test Returns.count: it is declared as int, and may be");
    run(ReturnsBesideATest.class)
        .containerEvents()
        .assertStatistics(stats -> stats.failed(1)); // @BeforeAll of the class
  }

  static class Returns {
    @LoadTest(iterations = 1)
    int count() {
      return 1;
    }

    @LoadTest(iterations = 1)
    void buy() {}
  }

  @ExtendWith(LoadTestExtension.class)
  static class ReturnsBesideATest {
    @LoadTest(iterations = 1)
    int count() {
      return 1;
    }

    @Test
    void other() {}
  }

  @Test
  void result_isGivenToAfterEach() {
    run(Checked.class).testEvents().assertStatistics(stats -> stats.succeeded(3).failed(0));
    assertThat(failure(CheckedInVain.class)).contains("to be less than");
  }

  @ExtendWith(LoadTestExtension.class)
  static class Checked {
    private RunResult seen;

    @LoadTest(users = 2, iterations = 20)
    void buy() throws InterruptedException {
      Thread.sleep(1);
    }

    @Test
    void other() {
      assertThat(seen).isNull();
    }

    @Nested
    class Inner {
      @LoadTest(users = 2, iterations = 20)
      void buy() {}

      @AfterEach
      void check(RunResult result) {
        assertThat(result.transaction("buy").count()).isEqualTo(20);
      }
    }
  }

  static class CheckedInVain {
    @LoadTest(users = 2, iterations = 20)
    void buy() throws InterruptedException {
      Thread.sleep(2);
    }

    @AfterEach
    void check(RunResult result) {
      assertThat(result.all().response().p(99)).isLessThan(Duration.ofMillis(1));
    }
  }

  @Test
  void loadTests_neverOverlapWhereOthersDo() {
    EngineExecutionResults results =
        run(
            Parallel.class,
            Map.of(
                "junit.jupiter.execution.parallel.enabled", "true",
                "junit.jupiter.execution.parallel.mode.default", "concurrent",
                "junit.jupiter.execution.parallel.config.strategy", "fixed",
                "junit.jupiter.execution.parallel.config.fixed.parallelism", "4"));
    results.testEvents().assertStatistics(stats -> stats.succeeded(4).failed(0));
  }

  static class Parallel {
    static final AtomicInteger loads = new AtomicInteger();
    static final CountDownLatch together = new CountDownLatch(2);

    @BeforeEach
    void before(TestInfo info) {
      if (info.getTags().isEmpty()) loads.incrementAndGet();
    }

    @LoadTest(users = 2, duration = "50ms")
    void one() throws InterruptedException {
      alone();
    }

    @LoadTest(users = 2, duration = "50ms")
    void two() throws InterruptedException {
      alone();
    }

    private static void alone() throws InterruptedException {
      Thread.sleep(2);
      assertThat(loads).hasValue(1);
    }

    @Tag("other")
    @Test
    void three() throws InterruptedException {
      together();
    }

    @Tag("other")
    @Test
    void four() throws InterruptedException {
      together();
    }

    private static void together() throws InterruptedException {
      together.countDown();
      assertThat(together.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @AfterEach
    void after(TestInfo info) {
      if (info.getTags().isEmpty()) loads.decrementAndGet();
    }
  }

  @Test
  void baseline_isSavedAndThenComparedWith() throws Exception {
    Files.deleteIfExists(Compared.FILE);
    Compared.millis = 1;
    assertThat(failure(Compared.class)).contains("there is no baseline " + Compared.FILE);
    run(Compared.class, Map.of(LoadTest.BASELINE, "keep"))
        .testEvents()
        .assertStatistics(stats -> stats.failed(1));
    run(Compared.class, Map.of(LoadTest.BASELINE, "save"))
        .testEvents()
        .assertStatistics(stats -> stats.succeeded(1));
    assertThat(Baseline.load(Compared.FILE).size()).isOne();
    run(Compared.class).testEvents().assertStatistics(stats -> stats.succeeded(1));
    assertThat(Baseline.load(Compared.FILE).size()).as("after a comparison").isOne();
    Compared.millis = 20;
    assertThat(failure(Compared.class)).startsWith("p(50)").contains("does not hold", "% above 1");
  }

  static class Compared {
    static final Path FILE = Path.of("target/baselines/compared.json");
    static volatile int millis;

    @LoadTest(
        users = 4,
        duration = "500ms",
        baseline = "target/baselines/compared.json",
        tolerance = "500%")
    void buy() throws InterruptedException {
      Thread.sleep(millis);
    }
  }

  @Test
  void reports_haveTheirTestsNames() throws Exception {
    PrintStream out = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    EngineExecutionResults results;
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      results = run(Named.class);
    } finally {
      System.setOut(out);
    }
    results.testEvents().assertStatistics(stats -> stats.succeeded(5).failed(0));
    try (var files = Files.list(reports)) {
      assertThat(files.map(file -> String.valueOf(file.getFileName())))
          .containsExactlyInAnyOrder(
              "LoadTestExtensionTest.Named.buy.html",
              "LoadTestExtensionTest.Named.buy-TransactionContext.html",
              "LoadTestExtensionTest.Named.big_x.html",
              "LoadTestExtensionTest.Named.Sized.buy-1.html",
              "LoadTestExtensionTest.Named.Sized.buy-2.html");
    }
    assertThat(printed.toString(StandardCharsets.UTF_8).lines())
        .hasSize(5)
        .anyMatch(
            line ->
                line.matches(
                    "LoadTestExtensionTest.Named.big\\$x: 3 transactions in .*, .*/s, none failed;"
                        + " p50 .*, p95 .*, p99 .*; .*big_x.html"));
    results.testEvents().reportingEntryPublished().assertThatEvents().hasSize(5);
    results.testEvents().fileEntryPublished().assertThatEvents().hasSize(5);
  }

  static class Named {
    @LoadTest(iterations = 3)
    void buy() {}

    @LoadTest(iterations = 3)
    void buy(TransactionContext context) {}

    @LoadTest(iterations = 3)
    void big$x() {}

    @Nested
    @ParameterizedClass
    @ValueSource(strings = {"small", "a/b"})
    class Sized {
      Sized(String size) {}

      @LoadTest(iterations = 3)
      void buy() {}
    }
  }
}
