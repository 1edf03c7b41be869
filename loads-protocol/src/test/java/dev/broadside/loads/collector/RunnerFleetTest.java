package dev.broadside.loads.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.broadside.loads.testing.Await;
import dev.broadside.loads.testing.PythonZmq;
import dev.broadside.messaging.Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Runners that are not ours, as processes. */
@Timeout(120)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no signals")
class RunnerFleetTest {
  private static final String SCRIPTS = "src/test/python/";

  @TempDir Path folder;

  @Test
  void run_countsWhatPythonRunnersReport() throws Exception {
    FleetRun run =
        run(runner("original_runner.py {test} success failure error"), "shop.test", 2, 3);
    LoadsResult result = run.result();

    assertThat(run.troubles()).isEmpty();
    assertThat(run.passed()).isFalse();
    assertThat(result.tests()).containsOnlyKeys("shop.test");
    assertThat(result.tests().get("shop.test")).isEqualTo(new TestCounts(6, 6, 2, 2, 2));
    assertThat(result.hitsByUrl().get("http://127.0.0.1/x").count()).isEqualTo(6);
    assertThat(result.hits().service().mean()).isEqualTo(Duration.ofMillis(12));
    assertThat(result.users()).isEqualTo(2);
    assertThat(result.malformed()).isZero();
    assertThat(result.run().groups()).containsOnlyKeys("None");
    assertThat(result.run().errors())
        .extracting(error -> error.text() + " x" + error.count())
        .containsExactlyInAnyOrder(
            "AssertionError: 1 != 2: AssertionError x2", "ValueError: bad: ValueError x2");
  }

  @Test
  void run_countsWhatNodeRunnersReport() throws Exception {
    FleetRun run = run(runner("node_runner.py {test}"), "shop.js", 3, 2);
    LoadsResult result = run.result();

    assertThat(run.troubles()).isEmpty();
    assertThat(result.tests().get("shop.js")).isEqualTo(new TestCounts(6, 6, 3, 3, 0));
    assertThat(result.sockets()).isEqualTo(new SocketCounts(6, 6, 6, 6 * 42));
    assertThat(result.hits().count()).isEqualTo(6);
    assertThat(result.hits().failures()).isZero();
    assertThat(result.users()).isEqualTo(3);
    assertThat(result.malformed()).isZero();
  }

  @Test
  void run_endsByDuration() throws Exception {
    try (RunnerFleet fleet =
        RunnerFleet.builder(runner("original_runner.py {test}"), "t")
            .users(2)
            .duration(Duration.ofSeconds(1))
            .build()) {
      FleetRun run = fleet.run();
      assertThat(run.passed()).as("%s", run).isTrue();
      assertThat(run.result().successes()).isBetween(4L, 22L); // a hit each 100 ms
    }
  }

  @Test
  void run_ofNoDurationMakesOneHit() throws Exception {
    try (RunnerFleet fleet =
        RunnerFleet.builder(odd(), "t").users(2).duration(Duration.ZERO).build()) {
      FleetRun run = fleet.run();
      assertThat(run.passed()).as("%s", run).isTrue();
      assertThat(run.result().successes()).isEqualTo(2);
    }
  }

  @Test
  void run_failsByAMessageThatCannotBeRead() throws Exception {
    FleetRun run = run(odd("1:garbled"), "t", 2, 3);
    assertThat(run.troubles()).isEmpty();
    assertThat(run.result().malformed()).isEqualTo(3);
    assertThat(run.result().errors()).isZero();
    assertThat(run.passed()).isFalse();
  }

  @Test
  void run_passesWithTestsWithoutOutcome() throws Exception {
    FleetRun run = run(odd("1:undecided"), "t", 2, 3);
    assertThat(run.passed()).as("%s", run).isTrue();
    assertThat(run.result().withoutOutcome()).isEqualTo(3);
    assertThat(LoadsSummary.text(run.result())).containsPattern("Tests without outcome +3\n");
  }

  @Test
  void run_goesThroughItsSteps() throws Exception {
    try (RunnerFleet fleet = RunnerFleet.builder(odd(), "t").users(1, 3).hits(3, 4).build()) {
      FleetRun run = fleet.run();
      assertThat(run.passed()).as("%s", run).isTrue();
      assertThat(run.result().successes()).isEqualTo(3 + 3 * 4);
      assertThat(run.result().users()).isEqualTo(4);
      assertThat(run.result().hits().failures()).isEqualTo(1 + 3 * 2);
      assertThat(run.steps()).extracting(StepSpan::users).containsExactly(1, 3);
      assertThat(run.steps().get(1).began()).isAfterOrEqualTo(run.steps().get(0).ended());
      assertThat(LoadsSummary.text(run.result())).contains("Hits", "HTTP 503");
    }
    assertThat(names()).containsExactlyInAnyOrder("3-1-1", "4-3-1", "4-3-2", "4-3-3");
  }

  @Test
  void runners_getTheEnvironmentOfTheOriginal() throws Exception {
    run(odd(), "a test", 2, 3);
    String started = Files.readString(folder.resolve("3-2-2"));
    assertThat(started)
        .contains(
            "\"LOADS_AGENT_ID\": \"None\"",
            "\"LOADS_RUN_ID\": \"\"",
            "\"LOADS_TOTAL_USERS\": \"2\"",
            "\"LOADS_CURRENT_USER\": \"2\"",
            "\"LOADS_TOTAL_HITS\": \"3\"",
            "\"arguments\": [\"a test\"]",
            "\"stdin\": \"\"")
        .containsPattern("\"LOADS_ZMQ_RECEIVER\": \"ipc:///[^\"]+/receiver\"")
        .doesNotContain("LOADS_DURATION");
    String pid = started.replaceAll("(?s).*\"pid\": (\\d+).*", "$1");
    assertThat(started).contains("\"session\": " + pid);
    String receiver = started.replaceAll("(?s).*\"ipc://([^\"]+)\".*", "$1");
    assertThat(Path.of(receiver).getParent()).doesNotExist();
  }

  @Test
  void troubles_nameThoseThatDied() throws Exception {
    FleetRun run = run(odd("2:crash", "3:exit-3", "4:failing"), "t", 4, 3);
    assertThat(run.troubles())
        .extracting(UserTrouble::toString)
        .containsExactly("step 1, user 2: exit code 139 (SIGSEGV)", "step 1, user 3: exit code 3");
    assertThat(run.passed()).isFalse();
    assertThat(run.result().successes()).isEqualTo(3 + 1 + 3);
    assertThat(run.result().failures()).isEqualTo(3);
  }

  @Test
  void troubles_nameThoseThatNeverReported() throws Exception {
    FleetRun run = run(odd("1:silent"), "t", 2, 3);
    assertThat(run.troubles()).containsExactly(new UserTrouble(1, 1, "never reported"));
    assertThat(run.passed()).isFalse();
  }

  @Test
  void troubles_nameThoseThatWereLate() throws Exception {
    long start = System.nanoTime();
    FleetRun run = run(odd("1:late", "2:stubborn"), "t", 3, 2);
    assertThat(run.troubles())
        .containsExactly(
            new UserTrouble(1, 1, "still running after 4 s, ended"),
            new UserTrouble(
                1, 2, "still running after 4 s, killed since it did not end by SIGTERM"));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(6));
    assertThat(run.result().successes()).isEqualTo(6);
    assertThat(run.orphans()).isEmpty();
  }

  @Test
  void orphans_areKilledWithTheirGroup() throws Exception {
    FleetRun run = run(odd("1:orphan"), "t", 2, 3);
    assertThat(run.passed()).as("%s", run).isTrue();
    assertThat(run.orphans()).extracting(UserTrouble::user).containsExactly(1);
    long orphan = Long.parseLong(Files.readString(folder.resolve("orphan")));
    Await.until("the end of the orphan", () -> isGone(orphan));
  }

  @Test
  void run_countsWhatTheLastMomentBrings() throws Exception {
    FleetRun run = run(odd("1:burst", "2:burst"), "t", 2, 5);
    assertThat(run.troubles()).isEmpty();
    assertThat(run.result().successes()).isEqualTo(2 * 5005);
  }

  @Test
  void stop_endsAllInOrder() throws Exception {
    try (RunnerFleet fleet =
        RunnerFleet.builder(odd("1:late", "2:late"), "t").users(2, 2).hits(50).build()) {
      CompletableFuture<FleetRun> run = CompletableFuture.supplyAsync(() -> run(fleet));
      Await.until("two runners", () -> names().size() == 2);
      fleet.stop();
      FleetRun stopped = run.get(30, TimeUnit.SECONDS);
      assertThat(stopped.stopped()).isTrue();
      assertThat(stopped.passed()).isFalse();
      assertThat(stopped.troubles()).isEmpty();
      assertThat(names()).hasSize(2);
    }
  }

  @Test
  void kill_endsWhatIgnoresSigterm() throws Exception {
    try (RunnerFleet fleet =
        RunnerFleet.builder(odd("1:stubborn"), "t").hits(50).grace(Duration.ofMinutes(5)).build()) {
      CompletableFuture<FleetRun> run = CompletableFuture.supplyAsync(() -> run(fleet));
      Await.until("a runner", () -> names().size() == 1);
      fleet.kill();
      assertThat(run.get(30, TimeUnit.SECONDS).stopped()).isTrue();
    }
  }

  @Test
  void run_isBrokenOffByAnInterrupt() throws Exception {
    try (RunnerFleet fleet = RunnerFleet.builder(odd("1:stubborn"), "t").hits(50).build()) {
      CompletableFuture<Object> end = new CompletableFuture<>();
      Thread runner = new Thread(() -> end.complete(endOf(fleet)), "fleet");
      runner.start();
      Await.until("a runner", () -> names().size() == 1);
      runner.interrupt();
      assertThat(end.get(30, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
    }
  }

  private static Object endOf(RunnerFleet fleet) {
    try {
      return fleet.run();
    } catch (InterruptedException | RuntimeException e) {
      return e;
    }
  }

  @Test
  void run_takesAnEndpointOfTcp() throws Exception {
    try (RunnerFleet fleet =
        RunnerFleet.builder(odd(), "t").hits(4).receiver(Endpoint.tcp("*", 0)).build()) {
      FleetRun run = fleet.run();
      assertThat(run.passed()).as("%s", run).isTrue();
      assertThat(Files.readString(folder.resolve("4-1-1"))).contains("\"tcp://127.0.0.1:");
    }
  }

  @Test
  void fleets_doNotMeet() throws Exception {
    try (RunnerFleet first = RunnerFleet.builder(odd(), "first").users(3).hits(4).build();
        RunnerFleet second = RunnerFleet.builder(odd(), "second").users(2).hits(3).build()) {
      CompletableFuture<FleetRun> one = CompletableFuture.supplyAsync(() -> run(first));
      CompletableFuture<FleetRun> two = CompletableFuture.supplyAsync(() -> run(second));
      LoadsResult ofFirst = one.get(60, TimeUnit.SECONDS).result();
      LoadsResult ofSecond = two.get(60, TimeUnit.SECONDS).result();
      assertThat(ofFirst.tests()).containsOnlyKeys("first");
      assertThat(ofFirst.successes()).isEqualTo(12);
      assertThat(ofSecond.tests()).containsOnlyKeys("second");
      assertThat(ofSecond.successes()).isEqualTo(6);
    }
  }

  @Test
  void run_isForOnce() throws Exception {
    try (RunnerFleet fleet = RunnerFleet.builder(odd(), "t").build()) {
      fleet.run();
      CompletableFuture<FleetRun> again = CompletableFuture.supplyAsync(() -> run(fleet));
      assertThat(again.handle((run, e) -> String.valueOf(e)).join()).contains("has run before");
    }
  }

  @Test
  void builder_refusesNonsense() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RunnerFleet.builder("no-such-program-here {test}", "t"))
        .withMessage("the runner's program \"no-such-program-here\" is not on the PATH");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RunnerFleet.builder("./pom.xml {test}", "t"))
        .withMessage("the runner's program \"./pom.xml\" is not a file that can be executed");
    RunnerFleet.Builder builder = RunnerFleet.builder("sh {test}", "t");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.users(3, 0))
        .withMessage("users < 1: 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.hits(0))
        .withMessage("hits < 1: 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.duration(Duration.ofSeconds(-1)))
        .withMessage("duration not whole seconds, 0 or more: PT-1S");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.duration(Duration.ofMillis(1500)));
  }

  private static FleetRun run(String command, String test, int users, int hits) throws Exception {
    try (RunnerFleet fleet = RunnerFleet.builder(command, test).users(users).hits(hits).build()) {
      return fleet.run();
    }
  }

  private static FleetRun run(RunnerFleet fleet) {
    try {
      return fleet.run();
    } catch (InterruptedException e) {
      throw new CompletionException(e);
    }
  }

  private static String runner(String call) {
    return PythonZmq.interpreter() + " " + SCRIPTS + call;
  }

  private String odd(String... how) {
    return runner("odd_runner.py '" + folder + "' {test} " + String.join(" ", how));
  }

  /** The users that have been started. */
  private List<String> names() {
    List<String> names = new ArrayList<>();
    try (var files = Files.newDirectoryStream(folder, "*-*-?")) {
      files.forEach(file -> names.add(file.getFileName().toString()));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return names;
  }

  /** A killed process nobody has asked for yet is a zombie. */
  private static boolean isGone(long pid) {
    Path stat = Path.of("/proc/" + pid + "/stat");
    if (!Files.exists(Path.of("/proc/self/stat"))) return ProcessHandle.of(pid).isEmpty();
    try {
      return Files.readString(stat).contains(") Z ");
    } catch (IOException e) {
      return true;
    }
  }
}
