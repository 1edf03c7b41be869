package dev.broadside.examples.loads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script runs both examples, as the README says. */
class RunScriptIT {
  @TempDir Path folder;

  @Test
  void script_runsBothExamples() throws Exception {
    assumeTrue(
        Files.exists(Path.of("/bin/bash")) || "true".equals(System.getenv("CI")), "no bash here");
    Path output = folder.resolve("output");
    ProcessBuilder script = new ProcessBuilder("/bin/bash", "run.sh");
    script.environment().put("JAVA_HOME", System.getProperty("java.home"));
    script.redirectErrorStream(true).redirectOutput(output.toFile());
    Process process = script.start();
    try {
      assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
    }
    String summaries = Files.readString(output);
    assertThat(process.exitValue()).describedAs(summaries).isZero();
    assertThat(summaries)
        .containsPattern("Successes +40\n") // of the runner of one's own: 2 users, 20 hits
        .containsPattern("Successes +120\n") // of the JUnit test, 3 methods
        .containsPattern("Hits +40\n")
        .containsPattern("Hits +120\n");
  }
}
