package dev.broadside.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.broadside.metrics.Measurement;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JMeter's own report generator, started as {@code jmeter -g} starts it. */
class JMeterReportTest {
  private static final Path JARS = Path.of("target/jmeter").toAbsolutePath();
  private static final long STARTED_MILLIS = 1_795_290_242_000L;

  @TempDir private Path folder;

  @Test
  void jmeter_countsWhatWasMeasured() throws Exception {
    try (JtlResults jtl = JtlResults.open(folder.resolve("results.jtl"))) {
      for (int i = 0; i < 90; i++) write(jtl, "login", i, null);
      for (int i = 0; i < 10; i++) write(jtl, "login", i, "connection reset, \"again\"");
      for (String text : HostileTexts.HARMLESS) write(jtl, text, 7, text);
    }

    report();

    JsonNode statistics = new ObjectMapper().readTree(report("statistics.json"));
    assertThat(figures(statistics, "Total")).isEqualTo("113 samples, 23 errors");
    assertThat(figures(statistics, "login")).isEqualTo("100 samples, 10 errors, 0 to 89 ms");
    for (String text : HostileTexts.HARMLESS) {
      assertThat(statistics.has(text)).as(text).isTrue();
    }
    assertThat(report("content/js/dashboard.js"))
        .contains("\"connection reset, &quot;again&quot;\", 10,");
  }

  private static void write(JtlResults jtl, String label, int millis, @Nullable String error)
      throws IOException {
    long nanos = TimeUnit.MILLISECONDS.toNanos(millis);
    jtl.write(new Measurement(label, "group", 0, nanos, error, Map.of()), STARTED_MILLIS + millis);
  }

  private static String figures(JsonNode statistics, String label) {
    JsonNode figures = statistics.get(label);
    String counts =
        "%s samples, %s errors".formatted(figures.get("sampleCount"), figures.get("errorCount"));
    if (label.equals("Total")) return counts;
    return counts
        + ", %.0f to %.0f ms"
            .formatted(figures.get("minResTime").asDouble(), figures.get("maxResTime").asDouble());
  }

  private String report(String file) throws IOException {
    return Files.readString(folder.resolve("report").resolve(file));
  }

  private void report() throws Exception {
    Path home = home();
    Path log = folder.resolve("output.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.awt.headless=true",
                "-Djava.util.prefs.userRoot=" + folder,
                "-Djmeter.home=" + home,
                "-cp",
                JARS + "/*",
                "org.apache.jmeter.NewDriver",
                "-g",
                folder.resolve("results.jtl").toString(),
                "-o",
                folder.resolve("report").toString(),
                "-j",
                folder.resolve("jmeter.log").toString())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(log)).isZero();
  }

  /** A home with the properties and the template of the report. */
  private Path home() throws IOException {
    Path home = folder.resolve("home");
    Files.createDirectories(home.resolve("lib/ext"));
    Files.createDirectories(home.resolve("lib/junit"));
    try (ZipFile config = new ZipFile(configuration().toFile())) {
      for (ZipEntry entry : config.stream().filter(JMeterReportTest::isOfHome).toList()) {
        Path file = home.resolve(entry.getName());
        Files.createDirectories(file.getParent());
        try (InputStream content = config.getInputStream(entry)) {
          Files.copy(content, file);
        }
      }
    }
    return home;
  }

  private static boolean isOfHome(ZipEntry entry) {
    return entry.getName().startsWith("bin/") && !entry.isDirectory();
  }

  private static Path configuration() throws IOException {
    try (var jars = Files.newDirectoryStream(JARS, "ApacheJMeter_config-*.jar")) {
      return jars.iterator().next();
    }
  }
}
