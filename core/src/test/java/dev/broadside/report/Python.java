package dev.broadside.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Has Python read what we have written. */
final class Python {
  private Python() {}

  /** Runs a program; without a Python the test is skipped, and fails in CI. */
  static void run(String program, Path... files) throws Exception {
    Process process = start(program, files);
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
  }

  private static Process start(String program, Path... files) {
    List<String> command = new ArrayList<>(List.of("python3", "-c", program));
    for (Path file : files) command.add(file.toString());
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      if ("true".equals(System.getenv("CI"))) fail("there is no python3 here", e);
      return abort("there is no python3 here");
    }
  }
}
