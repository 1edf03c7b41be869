package dev.broadside.loads;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.broadside.loads.protocol.ExcInfo;
import dev.broadside.loads.protocol.LoadsStatus;
import dev.broadside.loads.testing.StrictReceiver;
import dev.broadside.loads.testing.StrictReceiver.Verdict;
import dev.broadside.loads.testing.Transport;
import dev.broadside.messaging.Account;
import dev.broadside.messaging.Endpoint;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a reporter says is heard by a receiver on libzmq that is as strict as the original. */
@Timeout(120)
class ReporterMessagesTest {
  private static final Instant STARTED = Instant.parse("2026-11-21T20:49:33.250Z");
  private static final LoadsStatus ELSEWHERE = new LoadsStatus(9, 8, 7, 6);

  @TempDir Path folder;

  private static LoadsReporter.Builder under(StrictReceiver receiver, int hits) {
    return LoadsReporter.builder(LoadsEnvironment.from(receiver.environment(hits)))
        .stay(Duration.ZERO);
  }

  private static Hit hit(String url) {
    return new Hit(url, "GET", 200, STARTED, Duration.ofMillis(12));
  }

  /** Sixteen messages: each method, each with and without a status of its own. */
  private static void sayEverything(LoadsReporter reporter) {
    reporter.currentHit(2);
    Throwable failure = new AssertionError("1 != 2");
    Throwable error = new IllegalStateException("bad");
    reporter.startTest("a.test");
    reporter.startTest("a.test", ELSEWHERE);
    reporter.addHit(hit("http://127.0.0.1/x"));
    reporter.addHit(hit("http://127.0.0.1/y"), ELSEWHERE);
    reporter.addSuccess("a.test");
    reporter.addSuccess("a.test", ELSEWHERE);
    reporter.addFailure("a.test", failure);
    reporter.addFailure("a.test", failure, ELSEWHERE);
    reporter.addError("a.test", error);
    reporter.addError("a.test", error, ELSEWHERE);
    reporter.incrCounter("a.test", "retries");
    reporter.incrCounter("a.test", "retries", ELSEWHERE);
    reporter.socketOpen();
    reporter.socketMessage(Integer.MAX_VALUE + 1L);
    reporter.socketClose();
    reporter.stopTest("a.test");
    reporter.stopTest("a.test", ELSEWHERE);
  }

  private static void assertEverythingWasHeard(Verdict verdict) {
    assertThat(verdict.violations()).isEmpty();
    for (String type :
        List.of(
            "startTest",
            "addSuccess",
            "addFailure",
            "addError",
            "stopTest",
            "add_hit",
            "incr_counter")) {
      assertThat(verdict.count(type)).as(type).isEqualTo(2);
      assertThat(verdict.countWithStatus(type, 3, 1, 2, 1)).as(type).isOne();
      assertThat(verdict.countWithStatus(type, 9, 8, 7, 6)).as(type).isOne();
    }
    assertThat(verdict.count("socket_open")).isOne();
    assertThat(verdict.count("socket_close")).isOne();
    assertThat(verdict.bytes()).isEqualTo(Integer.MAX_VALUE + 1L);
    assertThat(verdict.counter("retries")).isEqualTo(2);
    assertThat(verdict.hits("http://127.0.0.1/x")).isOne();
    assertThat(verdict.tests()).containsExactly("a.test");
    assertThat(verdict.agents()).containsExactly("None");
    assertThat(verdict.runs()).containsExactly("");
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void everyMessage_isTakenByTheStrictReceiver(Transport transport) {
    try (StrictReceiver receiver = transport.receiver(folder);
        LoadsReporter reporter = under(receiver, 3).open()) {
      sayEverything(reporter);
      Account account = reporter.close(Duration.ofSeconds(10));
      assertThat(account).isEqualTo(new Account(17, 17, 0, 0, 0));
      Verdict verdict = receiver.awaitMessages(17);
      assertEverythingWasHeard(verdict);
      assertThat(verdict.frames()).isEqualTo(17);
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void everyMessageInBatches_isTakenByTheStrictReceiver(Transport transport) {
    try (StrictReceiver receiver = transport.receiver(folder);
        LoadsReporter reporter = under(receiver, 3).batch(10, Duration.ofMinutes(1)).open()) {
      sayEverything(reporter);
      Account account = reporter.close(Duration.ofSeconds(10));
      assertThat(account).isEqualTo(new Account(17, 17, 0, 0, 0));
      Verdict verdict = receiver.awaitMessages(17);
      assertEverythingWasHeard(verdict);
      assertThat(verdict.batches()).isEqualTo(2);
    }
  }

  @Test
  void batch_leavesAfterItsInterval() {
    try (StrictReceiver receiver = StrictReceiver.onTcp();
        LoadsReporter reporter = under(receiver, 3).batch(10, Duration.ofMillis(20)).open()) {
      for (int i = 1; i <= 3; i++) {
        reporter.startTest("a.test");
        assertThat(receiver.awaitMessages(i).batches()).isEqualTo(i);
      }
    }
  }

  @Test
  void defaultsOfTheBuilder_areTheFirstOfOneOfEverything() {
    try (StrictReceiver receiver = StrictReceiver.onTcp();
        LoadsReporter reporter =
            LoadsReporter.builder(Endpoint.parse(receiver.endpoint()))
                .agentId("vm-1")
                .runId("773e251a")
                .open()) {
      reporter.addSuccess("a.test");
      Verdict verdict = receiver.awaitMessages(1);
      assertThat(verdict.violations()).isEmpty();
      assertThat(verdict.countWithStatus("addSuccess", 1, 1, 1, 1)).isOne();
      assertThat(verdict.agents()).containsExactly("vm-1");
      assertThat(verdict.runs()).containsExactly("773e251a");
    }
  }

  @Test
  void durationMode_sendsZeroTotalHits() {
    try (StrictReceiver receiver = StrictReceiver.onTcp()) {
      Map<String, String> variables = new HashMap<>(receiver.environment(5)); // a stale one
      variables.put("LOADS_DURATION", "1");
      variables.put("LOADS_TOTAL_USERS", "20");
      variables.put("LOADS_CURRENT_USER", "13");
      try (LoadsReporter reporter =
          LoadsReporter.builder(LoadsEnvironment.from(variables)).stay(Duration.ZERO).open()) {
        reporter.currentHit(4);
        reporter.startTest("a.test");
        Verdict verdict = receiver.awaitMessages(1);
        assertThat(verdict.countWithStatus("startTest", 0, 20, 4, 13)).isOne();
      }
    }
  }

  @Test
  void messagesThatAreNotBatched_keepTheirOrderAndShape() {
    try (StrictReceiver receiver = StrictReceiver.onTcp();
        LoadsReporter reporter = under(receiver, 3).open()) {
      sayEverything(reporter);
      receiver.awaitMessages(17);
      List<JsonNode> frames = receiver.frames();
      assertThat(frames)
          .extracting(frame -> frame.get("data_type").textValue())
          .startsWith("startTest", "startTest", "add_hit", "add_hit", "addSuccess")
          .endsWith("socket_open", "socket_message", "socket_close", "stopTest", "stopTest");
      JsonNode hit = frames.get(2);
      assertThat(hit.get("started").textValue()).isEqualTo("2026-11-21T20:49:33.250000");
      assertThat(hit.get("elapsed").doubleValue()).isEqualTo(0.012);
    }
  }

  @ParameterizedTest
  @EnumSource(ExcInfo.Order.class)
  void excInfo_hasTheOrderThatWasAskedFor(ExcInfo.Order order) {
    try (StrictReceiver receiver = StrictReceiver.onTcp();
        LoadsReporter reporter = under(receiver, 3).excInfoOrder(order).open()) {
      reporter.addError("a.test", new IllegalStateException("bad"));
      assertThat(receiver.awaitMessages(1).violations()).isEmpty();
      JsonNode excInfo = receiver.frames().get(0).get("exc_info");
      int first = order == ExcInfo.Order.CLASS_FIRST ? 0 : 1;
      assertThat(excInfo.get(first).textValue()).isEqualTo("java.lang.IllegalStateException");
      assertThat(excInfo.get(1 - first).textValue()).isEqualTo("bad");
      assertThat(excInfo.get(2).textValue())
          .startsWith("\njava.lang.IllegalStateException: bad")
          .contains("ReporterMessagesTest");
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void eightThreads_loseNothing(Transport transport) throws Exception {
    int each = 2000;
    try (StrictReceiver receiver = transport.receiver(folder);
        LoadsReporter reporter = under(receiver, each).open()) {
      inThreads(8, user -> sayTests(reporter, user, each));
      Account account = reporter.close(Duration.ofSeconds(30));
      assertThat(account).isEqualTo(new Account(24 * each, 24 * each, 0, 0, 0));
      Verdict verdict = receiver.end();
      assertThat(verdict.violations()).isEmpty();
      assertThat(verdict.messages()).isEqualTo(24 * each);
      assertThat(verdict.testCourses()).isEqualTo(8 * each);
      assertThat(verdict.unfinished()).isEmpty();
    }
  }

  @Test
  void eightThreadsInBatches_loseNothing() throws Exception {
    int each = 2000;
    try (StrictReceiver receiver = StrictReceiver.onTcp();
        LoadsReporter reporter = under(receiver, each).batch(100, Duration.ofMillis(2)).open()) {
      inThreads(8, user -> sayTests(reporter, user, each));
      Account account = reporter.close(Duration.ofSeconds(30));
      assertThat(account).isEqualTo(new Account(24 * each, 24 * each, 0, 0, 0));
      Verdict verdict = receiver.end();
      assertThat(verdict.violations()).isEmpty();
      assertThat(verdict.messages()).isEqualTo(24 * each);
      assertThat(verdict.unfinished()).isEmpty();
    }
  }

  private static void sayTests(LoadsReporter reporter, int user, int hits) {
    for (int hit = 1; hit <= hits; hit++) {
      LoadsStatus status = new LoadsStatus(hits, 8, hit, user);
      reporter.startTest("a.test", status);
      reporter.addSuccess("a.test", status);
      reporter.stopTest("a.test", status);
    }
  }

  private interface UserCode {
    void run(int user) throws Exception;
  }

  private static void inThreads(int users, UserCode code) throws Exception {
    List<Throwable> failures = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int user = 1; user <= users; user++) {
      int number = user;
      Thread thread =
          new Thread(
              () -> {
                try {
                  code.run(number);
                } catch (Throwable e) {
                  synchronized (failures) {
                    failures.add(e);
                  }
                }
              },
              "user-" + user);
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) thread.join();
    assertThat(failures).isEmpty();
  }
}
