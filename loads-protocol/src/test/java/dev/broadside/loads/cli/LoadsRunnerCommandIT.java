package dev.broadside.loads.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.broadside.loads.testing.Await;
import dev.broadside.loads.testing.StrictReceiver;
import dev.broadside.loads.testing.Transport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The external runner as Loads starts it: {@code java -jar loads-runner.jar TEST}. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no signals")
class LoadsRunnerCommandIT {
  private static final String CHECKOUT = "com.acme.load.Checkout";
  private static final String NAP = "com.acme.load.Nap";

  @TempDir Path folder;

  private final StrictReceiver receiver = StrictReceiver.onTcp();

  @AfterEach
  void end() {
    receiver.close();
  }

  @Test
  void hits_arePerformedAndLogged() throws Exception {
    assertThat(run(receiver.environment(3), NAP)).as(() -> log().toString()).isZero();
    StrictReceiver.Verdict verdict = receiver.awaitMessages(12);
    assertThat(verdict.violations()).isEmpty();
    assertThat(verdict.unfinished()).isEmpty();
    assertThat(verdict.testCourses()).isEqualTo(3);
    assertThat(verdict.hits("timer:nap")).isEqualTo(3);
    assertThat(log())
        .singleElement()
        .asString()
        .contains(
            " INFO user 1/1 process ",
            NAP + ": 3 hits, 0 failures, 0 errors; 12 messages sent, 0 lost");
  }

  @Test
  void durations_arePerformed() throws Exception {
    Map<String, String> variables = new HashMap<>(receiver.environment(1));
    variables.put("LOADS_DURATION", "1");
    assertThat(run(variables, NAP)).as(() -> log().toString()).isZero();
    StrictReceiver.Verdict verdict = receiver.awaitMessages(8);
    assertThat(verdict.violations()).isEmpty();
    assertThat(verdict.unfinished()).isEmpty();
    assertThat(verdict.countWithStatus("addSuccess", 0, 1, 2, 1)).isEqualTo(1);
  }

  @Test
  void sigterm_endsTheTestAndReportsIt() throws Exception {
    assertEndsInOrder("com.acme.load.LongSleep");
    assertThat(log())
        .singleElement()
        .asString()
        .contains("LongSleep: ", "1 error; 3 messages sent, 0 lost", "told to end");
  }

  @Test
  void sigterm_endsATestThatIsDeafToItsInterrupt() throws Exception {
    assertEndsInOrder("com.acme.load.DeafSleep");
    assertThat(log())
        .anyMatch(line -> line.contains("DeafSleep ignored the stop and its interrupt"));
  }

  private void assertEndsInOrder(String test) throws InterruptedException {
    try (RunnerProcess runner = start(receiver.environment(20), test)) {
      receiver.awaitMessages(1);
      long since = System.nanoTime();
      runner.terminate();
      assertThat(runner.awaitExit()).as(runner.toString()).isEqualTo(143);
      assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(Duration.ofSeconds(10));
      StrictReceiver.Verdict verdict = receiver.awaitMessages(3);
      assertThat(verdict.unfinished()).isEmpty();
      assertThat(verdict.count("addError", test)).isEqualTo(1);
    }
  }

  @Test
  void theParentsDeath_endsTheRun() throws Exception {
    assumeThat(Files.exists(Path.of("/proc/self/stat"))).as("/proc").isTrue();
    List<String> shell = new ArrayList<>(List.of("bash", "-c", "\"$@\" & wait", "loads"));
    shell.addAll(RunnerProcess.command("com.acme.load.LongSleep"));
    try (RunnerProcess parent =
        RunnerProcess.startCommand(folder, receiver.environment(20), shell)) {
      receiver.awaitMessages(1);
      long runner =
          ProcessHandle.of(parent.pid())
              .orElseThrow()
              .descendants()
              .findFirst()
              .orElseThrow()
              .pid();
      parent.close();
      StrictReceiver.Verdict verdict = receiver.awaitMessages(3);
      assertThat(verdict.unfinished()).isEmpty();
      Await.until("the runner's end", () -> ProcessHandle.of(runner).isEmpty());
      Await.until("its log", () -> log().stream().anyMatch(line -> line.contains("is gone")));
    }
  }

  @Test
  void anAbsentReceiver_costsNoMoreThanTheTimeAndIsTold() throws Exception {
    Map<String, String> variables = new HashMap<>(receiver.environment(1));
    receiver.die();
    assertThat(run(variables, CHECKOUT)).isEqualTo(1);
    assertThat(log())
        .anyMatch(line -> line.contains("3 of 3 messages did not reach the receiver tcp://"))
        .anyMatch(line -> line.contains("1 hit, 0 failures, 0 errors; 0 messages sent, 3 lost"));
  }

  @ParameterizedTest
  @EnumSource
  void aFlood_isCountedByAReceiverThatStopsWithTheLastProcess(Transport transport)
      throws Exception {
    try (StrictReceiver slow = transport.receiver(folder, "--rate", "20000")) {
      Map<String, String> variables = new HashMap<>(slow.environment(10));
      try (RunnerProcess runner = start(variables, "com.acme.load.Flood")) {
        slow.watch(runner.pid());
        StrictReceiver.Verdict verdict = slow.awaitStop();
        assertThat(runner.awaitExit()).as(() -> log().toString()).isZero();
        assertThat(verdict.violations()).isEmpty();
        assertThat(verdict.count("add_hit")).isEqualTo(20_000);
        assertThat(verdict.count("stopTest")).isEqualTo(10);
      }
    }
  }

  @Test
  void manyProcesses_shareTheLog_itsLinesWhole() throws Exception {
    List<RunnerProcess> runners = new ArrayList<>();
    try {
      for (int user = 1; user <= 20; user++) {
        Map<String, String> variables = new HashMap<>(receiver.environment(30));
        variables.put("LOADS_TOTAL_USERS", "20");
        variables.put("LOADS_CURRENT_USER", Integer.toString(user));
        runners.add(start(variables, CHECKOUT));
      }
      for (RunnerProcess runner : runners) runner.awaitExit();
    } finally {
      runners.forEach(RunnerProcess::close);
    }
    assertThat(receiver.awaitMessages(20 * 30 * 3).unfinished()).isEmpty();
    List<String> lines = log();
    assertThat(lines).hasSize(20).allMatch(line -> line.matches("\\S+Z INFO user .* 0 lost"));
    for (int user = 1; user <= 20; user++) {
      String who = " user " + user + "/20 process " + runners.get(user - 1).pid() + ": ";
      assertThat(lines).anyMatch(line -> line.contains(who));
    }
  }

  @Test
  void faults_areToldOnStderrAndInTheLog() throws Exception {
    Map<String, String> wrong = new HashMap<>(receiver.environment(1));
    wrong.put("LOADS_TOTAL_HITS", "many");
    assertFault(wrong, "LOADS_TOTAL_HITS is \"many\"", CHECKOUT);
    assertFault(receiver.environment(1), "no class com.acme.Nowhere", "com.acme.Nowhere");
    assertFault(receiver.environment(1), "unknown option --fast; see --help", "--fast", CHECKOUT);
    assertThat(log()).hasSize(3).allMatch(line -> line.contains(" ERROR "));
  }

  private void assertFault(Map<String, String> variables, String fault, String... arguments)
      throws InterruptedException {
    try (RunnerProcess runner = start(variables, arguments)) {
      assertThat(runner.awaitExit()).as(runner.toString()).isEqualTo(2);
      assertThat(runner.err()).startsWith("loads-runner: ").contains(fault);
      assertThat(log()).last().asString().contains(fault);
    }
  }

  @Test
  void aTransaction_needsNoClassThatItDoesNotUse() throws Exception {
    Path classes = folder.resolve("classes.txt");
    List<String> command = RunnerProcess.command(CHECKOUT);
    command.add(1, "-Xlog:class+load:file=" + classes);
    try (RunnerProcess runner =
        RunnerProcess.startCommand(folder, receiver.environment(1), command)) {
      assertThat(runner.awaitExit()).as(runner.toString()).isZero();
    }
    String loaded = Files.readString(classes);
    assertThat(loaded).contains(" com.acme.load.Checkout ", "dev.broadside.loads.LoadsRunner ");
    for (String unused :
        List.of(
            " org.junit.",
            " com.fasterxml.jackson.databind.",
            " org.HdrHistogram.",
            " picocli.",
            " java.util.logging.",
            " java.util.Formatter ",
            " dev.broadside.loads.collector.",
            " dev.broadside.loads.resident.",
            " dev.broadside.loads.junit.",
            " dev.broadside.metrics.")) {
      assertThat(loaded.lines().filter(line -> line.contains(unused))).as(unused).isEmpty();
    }
  }

  private int run(Map<String, String> variables, String... arguments) throws InterruptedException {
    try (RunnerProcess runner = start(variables, arguments)) {
      return runner.awaitExit();
    }
  }

  private RunnerProcess start(Map<String, String> variables, String... arguments) {
    return RunnerProcess.start(folder, variables, arguments);
  }

  private List<String> log() {
    try {
      return Files.readAllLines(folder.resolve("loads-runner.log"));
    } catch (IOException e) {
      return List.of();
    }
  }
}
