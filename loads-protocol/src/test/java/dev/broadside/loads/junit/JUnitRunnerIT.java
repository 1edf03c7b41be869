package dev.broadside.loads.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code java -jar loads-runner.jar} runs JUnit tests by the JUnit of the given class path. */
class JUnitRunnerIT {
  private static final String SUCCESS = "startTest, addSuccess, stopTest";

  private final Recording recording = new Recording();
  @TempDir Path folder;

  @AfterEach
  void close() {
    recording.close();
  }

  @ParameterizedTest
  @EnumSource
  void tenHits_areReported(JUnitVersion version) throws Exception {
    List<Path> places = version.places();
    assertThat(run("com.acme.Checkout", places)).describedAs(log()).isEqualTo(1); // failures
    recording.await(220);
    assertThat(recording.tests())
        .hasSize(7)
        .contains(
            entry("com.acme.Checkout.pays", String.join(", ", Collections.nCopies(10, SUCCESS))));
    assertThat(recording.extras()).hasSize(20).contains("http://acme.com/pay");
    assertThat(log()).containsOnlyOnce("com.acme.Checkout.isDisabled is not run: out of order");
  }

  @ParameterizedTest
  @EnumSource
  void missingLauncher_isInTheLog(JUnitVersion version) throws Exception {
    List<Path> places = new ArrayList<>(version.places());
    places.removeIf(place -> place.toString().contains("launcher"));
    assertThat(run("com.acme.Checkout.pays", places)).isEqualTo(2);
    assertThat(log()).contains("org.junit.platform:junit-platform-launcher:");
  }

  @ParameterizedTest
  @EnumSource
  void testThatIsNotThere_isInTheLog(JUnitVersion version) throws Exception {
    assertThat(run("com.acme.BookShop#buys", version.places())).isEqualTo(2);
    assertThat(log().lines())
        .singleElement()
        .asString()
        .contains("class com.acme.BookShop has no test buys; it has ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "com.acme.Prices.WithCoupon.isLower",
        "com.acme.Prices.WithCoupon#isLower",
        "com.acme.Prices$WithCoupon.isLower"
      })
  void nestedTests_areFoundByDotsToo(String test) throws Exception {
    assertThat(run(test, JUnitVersion.values()[0].places())).describedAs(log()).isZero();
    recording.await(30);
    assertThat(recording.tests()).containsOnlyKeys("com.acme.Prices$WithCoupon.isLower");
  }

  private int run(String test, List<Path> places) throws Exception {
    String classPath =
        places.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-jar",
            Path.of("target", "loads-runner.jar").toAbsolutePath().toString(),
            "--classpath",
            classPath,
            test);
    builder.directory(folder.toFile());
    builder.redirectErrorStream(true).redirectOutput(folder.resolve("output").toFile());
    builder.environment().putAll(environment());
    Process process = builder.start();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("still runs; its log: " + log());
    }
    return process.exitValue();
  }

  private Map<String, String> environment() {
    return Map.of(
        "LOADS_ZMQ_RECEIVER", recording.endpoint().toString(),
        "LOADS_AGENT_ID", "None",
        "LOADS_RUN_ID", "",
        "LOADS_TOTAL_USERS", "1",
        "LOADS_CURRENT_USER", "1",
        "LOADS_TOTAL_HITS", "10");
  }

  private String log() throws Exception {
    Path log = folder.resolve("loads-runner.log");
    return Files.exists(log) ? Files.readString(log) : "(no log)";
  }
}
