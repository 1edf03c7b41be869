package dev.broadside.oct.hq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** However many results come, a headquarters needs no more memory. */
@Timeout(300)
class HqMemoryTest {
  private static final long MEGABYTE = 1024 * 1024;

  @Test
  void tenMillionResults_needNoMoreThanTwoMillion() throws Exception {
    Map<String, Long> seen = run("steady");

    assertThat(seen)
        .containsEntry("taken", 10_000_000L)
        .containsEntry("labels", 200L)
        .containsEntry("intervals", 600L);
    assertThat(seen.get("metrics")).isBetween(5 * MEGABYTE, 64 * MEGABYTE);
    assertThat(seen.get("heap 6000000")).isCloseTo(seen.get("heap 2000000"), withinPercentage(10));
    assertThat(seen.get("heap 10000000")).isCloseTo(seen.get("heap 2000000"), withinPercentage(10));
    assertThat(seen.get("heap 10000000")).isCloseTo(seen.get("heap 6000000"), withinPercentage(10));
  }

  @Test
  void floodOfNamesAndErrors_isBounded() throws Exception {
    Map<String, Long> seen = run("flood");

    assertThat(seen)
        .containsEntry("taken", 10_000L)
        .containsEntry("labels", 1001L)
        .containsEntry("timers", 1001L)
        .containsEntry("errors", 1001L);
    assertThat(seen.get("metrics")).isLessThan(64 * MEGABYTE);
  }

  /** What it printed: name to number. */
  private static Map<String, Long> run(String kind) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                ManyResults.class.getName(),
                kind)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Map<String, Long> seen = new HashMap<>();
    try (BufferedReader output = process.inputReader()) {
      output.lines().forEach(line -> put(seen, line));
    }
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as("of %s, which printed %s", kind, seen).isZero();
    return seen;
  }

  private static void put(Map<String, Long> seen, String line) {
    int space = line.lastIndexOf(' ');
    seen.put(line.substring(0, space), Long.parseLong(line.substring(space + 1)));
  }
}
