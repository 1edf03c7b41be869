package dev.broadside.loads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.broadside.loads.protocol.LoadsStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadsEnvironmentTest {
  private static final Instant START = Instant.parse("2026-11-21T20:49:33Z");

  private final Map<String, String> variables =
      new HashMap<>(
          Map.of(
              "LOADS_ZMQ_RECEIVER", "ipc:///tmp/loads-external-receiver.ipc",
              "LOADS_AGENT_ID", "None",
              "LOADS_RUN_ID", "",
              "LOADS_TOTAL_USERS", "20",
              "LOADS_CURRENT_USER", "7",
              "LOADS_TOTAL_HITS", "5"));

  private LoadsEnvironment environment() {
    return LoadsEnvironment.from(variables, START);
  }

  @Test
  void hitsMode_isWhatLoadsSetsStandingAlone() {
    LoadsEnvironment environment = environment();
    assertThat(environment.receiver()).hasToString("ipc:///tmp/loads-external-receiver.ipc");
    assertThat(environment.agentId()).isEqualTo("None");
    assertThat(environment.runId()).isEmpty();
    assertThat(environment.totalHits()).isEqualTo(5);
    assertThat(environment.duration()).isEmpty();
    assertThat(environment.timeLimit()).isEqualTo(Duration.ofSeconds(10));
    assertThat(environment.status(3)).isEqualTo(new LoadsStatus(5, 20, 3, 7));
    assertThat(environment.startedAt()).isEqualTo(START);
  }

  @Test
  void duration_winsOverHitsThatWereLeftBehind() {
    variables.put("LOADS_DURATION", "30");
    LoadsEnvironment environment = environment();
    assertThat(environment.duration()).contains(Duration.ofSeconds(30));
    assertThat(environment.totalHits()).isZero();
    assertThat(environment.timeLimit()).isEqualTo(Duration.ofSeconds(32));
  }

  @Test
  void durationOfNothing_isOne() {
    variables.put("LOADS_DURATION", "0");
    assertThat(environment().timeLimit()).isEqualTo(Duration.ofSeconds(2));
  }

  @ParameterizedTest
  @CsvSource({
    "LOADS_ZMQ_RECEIVER, ",
    "LOADS_ZMQ_RECEIVER, udp://x",
    "LOADS_TOTAL_USERS, ",
    "LOADS_TOTAL_USERS, many",
    "LOADS_CURRENT_USER, 0",
    "LOADS_CURRENT_USER, 1.5",
    "LOADS_TOTAL_HITS, ",
    "LOADS_TOTAL_HITS, -1",
    "LOADS_DURATION, soon",
    "LOADS_DURATION, -1",
  })
  void faults_nameTheirVariable(String name, String value) {
    if (value == null) variables.remove(name);
    else variables.put(name, value);
    assertThatThrownBy(this::environment)
        .isInstanceOf(LoadsEnvironmentException.class)
        .hasMessageContaining(name)
        .hasMessageContaining(value == null ? "is not set" : value);
  }

  @Test
  void faults_areAllToldAtOnce() {
    variables.clear();
    assertThatThrownBy(this::environment)
        .hasMessageContaining("LOADS_ZMQ_RECEIVER")
        .hasMessageContaining("LOADS_TOTAL_USERS")
        .hasMessageContaining("LOADS_CURRENT_USER")
        .hasMessageContaining("LOADS_TOTAL_HITS");
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0, 100", // never shorter
    "1000, 0, 2000", // as long as 20 users' messages take
    "1000, 9000, 800", // until 200 ms before the limit
    "1000, 9900, 0",
    "1000, 60000, 0",
  })
  void stay_isAsLongAsTheReceiverMayNeed(long messages, long after, long stay) {
    assertThat(environment().stay(messages, START.plusMillis(after))).hasMillis(stay);
  }
}
