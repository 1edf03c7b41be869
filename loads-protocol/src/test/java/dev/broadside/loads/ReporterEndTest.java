package dev.broadside.loads;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.broadside.loads.testing.ReportingProcess;
import dev.broadside.loads.testing.StrictReceiver;
import dev.broadside.loads.testing.StrictReceiver.Verdict;
import dev.broadside.loads.testing.Transport;
import dev.broadside.messaging.Account;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a process reports before it ends is counted by a receiver that, as the original, stops soon
 * after it has found no process alive, with whatever it has not read.
 */
@Timeout(180)
class ReporterEndTest {
  private static final int HITS = 20_000;

  @TempDir Path folder;

  /** With more users than there are it stays for longer, or a busy machine would decide. */
  private static void reportAndEnd(
      StrictReceiver receiver, int hits, int batch, int limit, int users) throws Exception {
    Process process = ReportingProcess.start(environment(receiver, limit, 1, users), hits, batch);
    receiver.watch(process.pid());
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(said.strip()).isEqualTo(new Account(hits, hits, 0, 0, 0).toString());
    assertThat(process.exitValue()).isZero();
    Verdict verdict = receiver.awaitStop();
    assertThat(verdict.violations()).isEmpty();
    assertThat(verdict.count("add_hit")).isEqualTo(hits);
  }

  private static Map<String, String> environment(
      StrictReceiver receiver, int limit, int user, int users) {
    Map<String, String> environment = new TreeMap<>(receiver.environment(limit));
    environment.put("LOADS_CURRENT_USER", Integer.toString(user));
    environment.put("LOADS_TOTAL_USERS", Integer.toString(users));
    return environment;
  }

  /** 10,000 messages a second: the original at its slowest. */
  @ParameterizedTest
  @EnumSource(Transport.class)
  void processThatClosesAndReturns_isCountedWhole(Transport transport) throws Exception {
    try (StrictReceiver receiver = transport.receiver(folder, "--rate", "10000")) {
      reportAndEnd(receiver, HITS, 1, HITS, 1);
    }
  }

  /** The receiver's own queue holds them all, so only staying helps. */
  @ParameterizedTest
  @EnumSource(Transport.class)
  void processThatClosesAfterBatches_isCountedWhole(Transport transport) throws Exception {
    try (StrictReceiver receiver = transport.receiver(folder)) {
      reportAndEnd(receiver, HITS, 100, HITS, 3);
    }
  }

  /** Too short a life for the connection to stand when it closes, and the next tick is near. */
  @ParameterizedTest
  @EnumSource(Transport.class)
  void processOfThreeMessages_isCountedWhole(Transport transport) throws Exception {
    for (int i = 0; i < 3; i++) {
      try (StrictReceiver receiver = transport.receiver(folder)) {
        reportAndEnd(receiver, 3, 1, 20, 1);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void tenProcessesAtOnce_areCountedWhole(Transport transport) throws Exception {
    int users = 10;
    try (StrictReceiver receiver = transport.receiver(folder, "--rate", "10000")) {
      Process[] processes = new Process[users];
      long[] pids = new long[users];
      for (int user = 1; user <= users; user++) {
        processes[user - 1] =
            ReportingProcess.start(environment(receiver, HITS, user, 4 * users), 500, 1);
        pids[user - 1] = processes[user - 1].pid();
      }
      receiver.watch(pids);
      for (Process process : processes) {
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(said.strip()).isEqualTo(new Account(500, 500, 0, 0, 0).toString());
      }
      Verdict verdict = receiver.awaitStop();
      assertThat(verdict.violations()).isEmpty();
      assertThat(verdict.count("add_hit")).isEqualTo(500L * users);
    }
  }
}
