package dev.broadside.loads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broadside.loads.testing.PythonZmq;
import dev.broadside.loads.testing.StrictReceiver;
import dev.broadside.loads.testing.StrictReceiver.Verdict;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The judge is judged: it takes what the original takes, and is stricter only where it says so. */
@Timeout(60)
class StrictReceiverTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {"reference-receiver-strictness", "run-hits", "run-duration", "distributed-batch"})
  void judgesAsTheOriginal_orStricterForAReason(String file) throws Exception {
    Process check =
        new ProcessBuilder(
                PythonZmq.command(
                    "strict_receiver.py",
                    "--check",
                    "src/test/resources/golden/loads/" + file + ".jsonl"))
            .redirectErrorStream(true)
            .start();
    String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(check.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(said).endsWith("0 faults\n");
    assertThat(check.exitValue()).isZero();
  }

  private static Process user(String script, Map<String, String> environment, Object... arguments)
      throws Exception {
    ProcessBuilder user = new ProcessBuilder(PythonZmq.command(script, arguments)).inheritIO();
    user.environment().putAll(environment);
    return user.start();
  }

  private static void awaitSuccess(Process user) throws Exception {
    assertThat(user.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(user.exitValue()).isZero();
  }

  @Test
  void runnerOfTheReference_isTakenWhole() throws Exception {
    try (StrictReceiver receiver = StrictReceiver.onIpc(folder.resolve("receiver"))) {
      Map<String, String> environment = receiver.environment(3);
      awaitSuccess(
          user("original_runner.py", environment, "some.test", "success", "failure", "error"));
      Verdict verdict = receiver.end();
      assertThat(verdict.violations()).isEmpty();
      assertThat(verdict.unfinished()).isEmpty();
      assertThat(verdict.messages()).isEqualTo(12);
      assertThat(verdict.countWithStatus("addFailure", 3, 1, 2, 1)).isOne();
      assertThat(verdict.count("addError", "some.test")).isOne();
    }
  }

  @Test
  void runnerOfNode_isRefusedOnlyItsStatusOnSockets() throws Exception {
    try (StrictReceiver receiver = StrictReceiver.onTcp()) {
      awaitSuccess(user("node_runner.py", receiver.environment(1), "some.test"));
      Verdict verdict = receiver.end();
      assertThat(verdict.count("addSuccess")).isOne();
      assertThat(verdict.violations())
          .filteredOn(violation -> violation.contains("socket_"))
          .hasSize(3)
          .allMatch(violation -> violation.contains("too many ['loads_status']"));
    }
  }

  @Test
  void original_losesWhatItHasNotReadWhenNoProcessIsAlive() throws Exception {
    try (StrictReceiver receiver = StrictReceiver.onTcp("--rate", "100")) {
      Process user = user("original_runner.py", receiver.environment(200), "some.test");
      receiver.watch(user.pid());
      awaitSuccess(user); // 800 messages, gone in an instant
      Verdict verdict = receiver.awaitStop();
      assertThat(verdict.violations()).isEmpty();
      assertThat(verdict.messages()).isBetween(1L, 790L);
    }
  }
}
