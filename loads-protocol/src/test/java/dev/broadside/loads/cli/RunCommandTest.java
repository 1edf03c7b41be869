package dev.broadside.loads.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunCommandTest {
  private static final String NAME = "java -jar loads-runner.jar run";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void help_isThere() {
    assertThat(execute("--help")).isZero();
    assertThat(out.toString())
        .startsWith("Usage: java -jar loads-runner.jar run [")
        .contains("--test-runner", "--users", "--hits", "--duration", "--receiver", "--results");
    assertThat(err.toString()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "t | Missing required option: '--test-runner=COMMAND'",
        "--test-runner=sh | Missing required parameter: 'TEST'",
        "--test-runner=sh t --fast | unknown option: --fast",
        "--test-runner=sh t --hits 0 | Invalid value for option '--hits': \"0\" is not a list of whole"
            + " numbers, 1 or more, such as 10 or 10:20",
        "--test-runner=sh t -u 10: | Invalid value for option '--users': \"10:\" is not a list of whole"
            + " numbers, 1 or more, such as 10 or 10:20",
        "--test-runner=sh t -u 1:-2 | Invalid value for option '--users': \"1:-2\" is not a list of"
            + " whole numbers, 1 or more, such as 10 or 10:20",
        "--test-runner=sh t --users 99999999999 | Invalid value for option '--users': \"99999999999\" is"
            + " not a list of whole numbers, 1 or more, such as 10 or 10:20",
        "--test-runner=sh t --hits 2 -d 5 | --hits=N[:N...], --duration=SECONDS are mutually exclusive"
            + " (specify only one)",
        "--test-runner=sh t -d -1 | Invalid value for option '--duration': \"-1\": expected whole"
            + " seconds, 0 or more",
        "--test-runner=sh t -d 1.5 | Invalid value for option '--duration': \"1.5\": expected whole"
            + " seconds, 0 or more",
        "--test-runner=sh t -d 9999999999 | Invalid value for option '--duration': \"9999999999\":"
            + " expected whole seconds, 0 or more",
        "--test-runner=sh t --receiver udp://x | endpoint \"udp://x\" has an unknown scheme; expected"
            + " tcp://host:port or ipc://path",
        "--test-runner=no-such-program t | the runner's program \"no-such-program\" is not on the PATH",
        "--test-runner='sh t | the command of the runner has an unclosed ' at character 1: 'sh",
      },
      quoteCharacter = '`')
  void aWrongUse_isToldInOneLine(String line, String told) {
    assertThat(execute(line.split(" "))).isEqualTo(2);
    assertThat(err.toString().lines())
        .containsExactly(NAME + ": " + told + " (see " + NAME + " --help)");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void aReceiverThatCannotBeBound_isToldInOneLine() {
    assertThat(execute("--test-runner=sh", "--receiver=tcp://192.0.2.1:5", "t")).isEqualTo(2);
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .startsWith(NAME + ": cannot bind tcp://192.0.2.1:5: ");
  }

  @Test
  void aReceiverInAFolderThatIsNotThere_isWrongUse() {
    assertThat(execute("--test-runner=sh", "--receiver=ipc:///no/such/folder/x", "t")).isEqualTo(2);
    assertThat(err.toString().lines())
        .containsExactly(
            NAME + ": cannot bind ipc:///no/such/folder/x: there is no folder /no/such/folder");
  }

  @Test
  void resultsThatCannotBeKept_areWrongUse(@TempDir Path folder) throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    assertThat(execute("--test-runner=sh", "--results=" + file, "t")).isEqualTo(2);
    assertThat(err.toString().lines()).containsExactly(unkept(file, "it is not a folder"));
    assertThat(out.toString()).isEmpty();
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "has /proc")
  void resultsWhereNoFolderCanBeMade_areWrongUse() {
    for (Path folder : List.of(Path.of("/proc"), Path.of("/proc/results"))) {
      assertThat(execute("--test-runner=sh", "--results=" + folder, "t")).isEqualTo(2);
      assertThat(err.toString().lines())
          .last()
          .isEqualTo(unkept(folder, "no folder can be made there"));
    }
  }

  private static String unkept(Path folder, String why) {
    return "%s: no results can be kept in %s: %s (see %s --help)"
        .formatted(NAME, folder, why, NAME);
  }

  @Test
  void aRunThatCannotBegin_leavesNoResults(@TempDir Path folder) {
    String results = "--results=" + folder;
    assertThat(execute("--test-runner=sh", results, "--receiver=tcp://192.0.2.1:5", "t"))
        .isEqualTo(2);
    assertThat(execute("--test-runner=no-such-program", results, "t")).isEqualTo(2);
    assertThat(folder).isEmptyDirectory();
  }

  private int execute(String... arguments) {
    return SubCommands.commandLine("run")
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }
}
