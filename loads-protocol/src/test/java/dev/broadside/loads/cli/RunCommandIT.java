package dev.broadside.loads.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broadside.loads.testing.Await;
import dev.broadside.loads.testing.PythonZmq;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code loads-runner.jar run} as its users call it, with runners that are not ours. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no signals")
class RunCommandIT {
  @TempDir Path folder;
  @TempDir Path outputs;

  @Test
  void run_sumsUpAndPasses() throws Exception {
    try (RunProcess run = start(odd(), "-u", "2:3", "--hits", "4", "my test")) {
      assertThat(run.awaitExit()).as(run.toString()).isZero();
      assertThat(run.out())
          .containsPattern("Hits +20\n")
          .containsPattern("Successes +20\n")
          .containsPattern("Failures +0\n")
          .containsPattern("Users +5\n")
          .containsPattern("Requests per second +\\d")
          .containsPattern("Average request time +12 ms\n")
          .containsPattern("http://127.0.0.1/odd +20 +50.0 % +12 ms")
          .containsPattern("HTTP 503 +10 ")
          .containsPattern("my test +20 +20 +20 +0 +0\n");
      assertThat(run.err()).isEmpty();
      assertThat(Files.readString(folder.resolve("4-2-1")))
          .contains("[\"my test\"]")
          .doesNotContain("LOADS_DURATION");
    }
  }

  @Test
  void run_countsWhatOurOwnRunnersReport() throws Exception {
    String runner =
        String.format(
            "'%s' -jar target/loads-runner.jar --classpath target/test-classes --log '%s' {test}",
            ProcessHandle.current().info().command().orElseThrow(), outputs.resolve("runner.log"));
    try (RunProcess run = start(runner, "-u", "3", "--hits", "10", "com.acme.load.Checkout")) {
      assertThat(run.awaitExit()).as(run.toString()).isZero();
      assertThat(run.out())
          .containsPattern("Successes +30\n")
          .containsPattern("Users +3\n")
          .containsPattern("com.acme.load.Checkout +30 +30 +30 +0 +0\n");
    }
  }

  @Test
  void run_keepsItsResultsIfAsked() throws Exception {
    Path kept = folder.resolve("kept/results");
    try (RunProcess run = start(odd(), "-u", "2:3", "--hits", "4", "--results", kept, "my test")) {
      assertThat(run.awaitExit()).as(run.toString()).isZero();
      Path results = onlyFileIn(kept);
      assertThat(run.out()).endsWith("\nReport: " + results.resolve("results.html") + "\n");
      assertThat(run.err()).isEmpty();
      assertThat(Files.readAllLines(results.resolve("results.csv"))).hasSize(1 + 20);
      assertThat(Files.readAllLines(results.resolve("results.jtl"))).hasSize(1 + 20);
      assertThat(Files.readString(results.resolve("results.html"))).contains("/odd");
      assertThat(Files.readString(results.resolve("junit.xml"))).contains("10 of 20 failed (50 %)");
      assertThat(Files.readString(results.resolve("summary.json")))
          .contains("\"title\":\"my test\"", "\"count\":20,\"failures\":10")
          .containsPattern("\"madeBy\":\"Broadside \\d");
      assertThat(Files.readString(results.resolve("config.json")).replaceAll("\\s+", " "))
          .contains("\"test\" : \"my test\"", "\"users\" : [ 2, 3 ]", "\"hits\" : [ 4 ]");
    }
  }

  private static Path onlyFileIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> found = files.toList();
      assertThat(found).hasSize(1);
      return found.get(0);
    }
  }

  @Test
  void run_failsByAFailedTest() throws Exception {
    try (RunProcess run = start(odd("2:failing"), "-u", "2", "--hits", "4", "t")) {
      assertThat(run.awaitExit()).as(run.toString()).isEqualTo(1);
      assertThat(run.out())
          .containsPattern("Failures +4\n")
          .containsPattern("AssertionError: 1 != 2 +4 ")
          .doesNotContain("Users of whom less came");
    }
  }

  @Test
  void run_failsByMessagesThatCannotBeRead() throws Exception {
    try (RunProcess run = start(odd("2:garbled"), "-u", "2", "--hits", "4", "t")) {
      assertThat(run.awaitExit()).as(run.toString()).isEqualTo(1);
      assertThat(run.out())
          .containsPattern("Malformed messages +4\n")
          .endsWith("\nThe run failed: 4 messages could not be read; stderr says why.\n");
      assertThat(run.err()).contains("exc_info");
    }
  }

  @Test
  void run_failsByAUserThatDiedOrNeverReported() throws Exception {
    try (RunProcess run = start(odd("2:crash", "3:silent"), "-u", "3", "--hits", "4", "t")) {
      assertThat(run.awaitExit()).as(run.toString()).isEqualTo(1);
      assertThat(run.out())
          .contains(
              "Users of whom less came than was asked for:\n"
                  + "  step 1, user 2: exit code 139 (SIGSEGV)\n"
                  + "  step 1, user 3: never reported\n");
    }
  }

  @Test
  void run_endsInOrderWhenInterrupted() throws Exception {
    List<String> signals = List.of("INT", "TERM", "HUP");
    for (String signal : signals) {
      Path users = Files.createDirectory(folder.resolve(signal));
      try (RunProcess run =
          start(oddIn(users, "1:late", "2:late"), "-u", "2", "--hits", "500", "t")) {
        run.await("two users", () -> started(users).size() == 2);
        run.signal(signal);
        assertThat(run.awaitExit()).as(run.toString()).isEqualTo(1);
        assertThat(run.out()).startsWith("The run was broken off.\n").containsPattern("Hits +\\d");
        started(users).forEach(RunCommandIT::awaitEnd);
      }
    }
  }

  @Test
  void run_leavesNobodyBehindWhenInterruptedTwice() throws Exception {
    try (RunProcess run = start(odd("1:stubborn", "2:stubborn"), "-u", "2", "--hits", "500", "t")) {
      run.await("two users", () -> started(folder).size() == 2);
      run.signal("INT");
      assertThat(run.signalUntilExit("INT")).as(run.toString()).isEqualTo(1);
      started(folder).forEach(RunCommandIT::awaitEnd);
    }
  }

  @Test
  void run_showsWhatRunnersPrintIfAsked() throws Exception {
    for (String option : List.of("--show-output", "--hits=1")) {
      try (RunProcess run = start("sh -c 'echo said; echo {test} >&2'", option, "t")) {
        assertThat(run.awaitExit()).isEqualTo(1); // it never reports
        boolean shown = option.equals("--show-output");
        assertThat(run.out().contains("said\n")).isEqualTo(shown);
        assertThat(run.err()).isEqualTo(shown ? "t\n" : "");
      }
    }
  }

  private RunProcess start(String runner, Object... arguments) throws IOException {
    Object[] all =
        Stream.concat(Stream.of("--test-runner=" + runner), Stream.of(arguments)).toArray();
    return RunProcess.start(outputs, all);
  }

  private String odd(String... how) {
    return oddIn(folder, how);
  }

  private static String oddIn(Path folder, String... how) {
    return PythonZmq.interpreter()
        + " src/test/python/odd_runner.py '"
        + folder
        + "' {test} "
        + String.join(" ", how);
  }

  /** The process ids of the users that have been started. */
  private static List<Long> started(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().matches("\\d+-\\d+-\\d+"))
          .map(RunCommandIT::pid)
          .toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static long pid(Path file) {
    try {
      return Long.parseLong(Files.readString(file).replaceAll("(?s).*\"pid\": (\\d+).*", "$1"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void awaitEnd(long pid) {
    Await.until("the end of process " + pid, () -> isGone(pid));
  }

  /** A killed process nobody has asked for yet is a zombie. */
  private static boolean isGone(long pid) {
    if (ProcessHandle.of(pid).isEmpty()) return true;
    try {
      return Files.readString(Path.of("/proc/" + pid + "/stat")).contains(") Z ");
    } catch (IOException e) {
      return ProcessHandle.of(pid).isEmpty();
    }
  }
}
