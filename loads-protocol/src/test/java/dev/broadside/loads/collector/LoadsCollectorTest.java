package dev.broadside.loads.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.broadside.loads.Hit;
import dev.broadside.loads.LoadsReporter;
import dev.broadside.loads.protocol.LoadsMessage;
import dev.broadside.loads.protocol.LoadsReport;
import dev.broadside.loads.protocol.LoadsStatus;
import dev.broadside.loads.testing.CapturedLog;
import dev.broadside.messaging.Endpoint;
import dev.broadside.messaging.MessagingException;
import dev.broadside.report.ConsoleReport;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class LoadsCollectorTest {
  private static final Endpoint ANY = Endpoint.tcp("127.0.0.1", 0);
  private static final Duration SILENCE = Duration.ofMillis(500);
  private static final LoadsStatus STATUS = new LoadsStatus(3, 2, 1, 1);

  @TempDir Path folder;

  private Endpoint endpoint(String scheme) {
    return scheme.equals("tcp") ? ANY : Endpoint.parse("ipc://" + folder.resolve("receiver"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp", "ipc"})
  void badMessages_costNoGoodOne(String scheme) throws Exception {
    List<List<byte[]>> bad = OddMessages.bad();
    assertThat(bad).hasSizeGreaterThan(60);
    try (CapturedLog log = CapturedLog.of(LoadsCollector.class);
        LoadsCollector collector = LoadsCollector.open(endpoint(scheme))) {
      try (FrameSender runner = FrameSender.to(collector.endpoint());
          FrameSender other = FrameSender.to(collector.endpoint())) {
        for (List<byte[]> message : bad) {
          runner.send(OddMessages.GOOD);
          runner.send(message);
          other.send(OddMessages.GOOD);
        }
        runner.send(OddMessages.GOOD);
      }
      assertThat(collector.awaitSilence(SILENCE)).isTrue();

      LoadsResult result = collector.result();
      assertThat(result.successes()).isEqualTo(2L * bad.size() + 1);
      assertThat(result.malformed()).isEqualTo(bad.size());
      assertThat(result.tests()).containsOnlyKeys("t");
      assertThat(result.hits().count()).isZero();
      assertThat(log.lines()).hasSizeBetween(10, bad.size());
      assertThat(log.lines())
          .allMatch(line -> line.startsWith("message of a runner ignored: "))
          .anyMatch(line -> line.contains("not json"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "run-hits, 0, 0",
    "run-duration, 0, 0",
    // a loads_status and a test that are objects, a url that is null; five types nobody knows
    "reference-receiver-strictness, 3, 5",
  })
  void whatTheOriginalTakes_isTaken(String file, int refused, int unknown) throws Exception {
    Pattern frame = Pattern.compile("\"raw\": \"(.*?[^\\\\])\", \"outcome\": \"ok\"");
    long sent = 0;
    List<LoadsReport> heard = new CopyOnWriteArrayList<>();
    try (LoadsCollector collector = LoadsCollector.builder().onReport(heard::add).open(ANY)) {
      try (FrameSender runner = FrameSender.to(collector.endpoint())) {
        for (String line : golden(file)) {
          Matcher matcher = frame.matcher(line);
          if (!matcher.find()) continue;
          runner.send(unescaped(matcher.group(1)));
          sent++;
        }
      }
      collector.awaitSilence(SILENCE);
      assertThat(sent).isGreaterThan(20);
      assertThat(heard).hasSize((int) sent - refused);
      assertThat(collector.result().malformed()).isEqualTo(refused + unknown);
    }
  }

  @Test
  void figures_areThoseOfTheRecordedRun() throws Exception {
    try (LoadsCollector collector = LoadsCollector.open(ANY)) {
      try (FrameSender runner = FrameSender.to(collector.endpoint())) {
        for (String line : golden("run-hits")) {
          Matcher matcher = Pattern.compile("\"raw\": \"(.*?[^\\\\])\", \"outcome\"").matcher(line);
          if (matcher.find()) runner.send(unescaped(matcher.group(1)));
        }
      }
      collector.awaitSilence(SILENCE);
      LoadsResult result = collector.result("");
      assertThat(result.tests()).containsOnlyKeys("some.test");
      assertThat(result.tests().get("some.test")).isEqualTo(new TestCounts(6, 6, 2, 2, 2));
      assertThat(result.hitsByUrl().get("http://127.0.0.1/x").service().p(99))
          .isEqualTo(Duration.ofMillis(12));
      assertThat(result.users()).isEqualTo(2);
      assertThat(result.unfinished()).isZero();
    }
  }

  private static List<String> golden(String file) throws Exception {
    return Files.readAllLines(Path.of("src/test/resources/golden/loads/" + file + ".jsonl"));
  }

  private static String unescaped(String json) {
    return json.replaceAll("\\\\([\"\\\\])", "$1");
  }

  @Test
  void batchOfAnAgent_isTakenApart() throws Exception {
    try (LoadsCollector collector = LoadsCollector.open(ANY)) {
      try (FrameSender runner = FrameSender.to(collector.endpoint())) {
        for (String line : golden("distributed-batch")) {
          Matcher matcher = Pattern.compile("\"raw\": \"(.*?[^\\\\])\"}").matcher(line);
          if (matcher.find()) runner.send(unescaped(matcher.group(1)));
        }
      }
      collector.awaitSilence(SILENCE);
      LoadsResult result = collector.result("773e251a-b735-48a3-8f27-93ee7b2fb3da");
      assertThat(result.tests().get("t")).isEqualTo(new TestCounts(1, 0, 4, 0, 0));
      assertThat(result.hits().count()).isEqualTo(1);
      assertThat(result.sockets().bytes()).isEqualTo(5);
      assertThat(result.malformed()).isZero();
      assertThat(result.run().groups()).containsOnlyKeys("vm-2402");
    }
  }

  @Test
  void runsAndAgents_areToldApart() throws Exception {
    try (LoadsCollector collector = LoadsCollector.open(ANY)) {
      try (LoadsReporter one = reporter(collector, "a", "first");
          LoadsReporter two = reporter(collector, "b", "first");
          LoadsReporter three = reporter(collector, "a", "second")) {
        for (LoadsReporter reporter : List.of(one, two, three)) reporter.startTest("t");
        one.addSuccess("t");
        two.addFailure("t", new AssertionError("two"));
        three.addError("t", new IllegalStateException("three"));
        three.incrCounter("t", "retries");
        for (LoadsReporter reporter : List.of(one, two, three)) reporter.stopTest("t");
      }
      collector.awaitSilence(SILENCE);

      assertThat(collector.runIds()).containsExactly("first", "second");
      LoadsResult first = collector.result("first");
      assertThat(first.tests().get("t")).isEqualTo(new TestCounts(2, 2, 1, 1, 0));
      assertThat(first.run().groups()).containsOnlyKeys("a", "b");
      assertThat(first.run().group("b").failures()).isEqualTo(1);
      assertThat(first.users()).isEqualTo(2);
      assertThat(first.counters()).isEmpty();
      LoadsResult second = collector.result("second");
      assertThat(second.errors()).isEqualTo(1);
      assertThat(second.counters()).containsEntry("retries", 1L);
      assertThat(second.run().errors().get(0).text())
          .isEqualTo("java.lang.IllegalStateException: three");
      LoadsResult together = collector.result();
      assertThat(together.tests().get("t")).isEqualTo(new TestCounts(3, 3, 1, 1, 1));
      assertThat(together.users()).isEqualTo(3);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> collector.result("third"))
          .withMessage("no run \"third\" was heard of, only [first, second]");
    }
  }

  private static LoadsReporter reporter(LoadsCollector collector, String agent, String run) {
    return LoadsReporter.builder(collector.endpoint())
        .agentId(agent)
        .runId(run)
        .status(STATUS)
        .open();
  }

  @Test
  void hits_areCountedByUrl() throws Exception {
    try (LoadsCollector collector = LoadsCollector.builder().maxNames(3).open(ANY)) {
      try (LoadsReporter reporter = reporter(collector, "a", "r")) {
        for (int status : List.of(200, 204, 301, 101, 404, 503, 0)) {
          reporter.addHit(hit("http://a/", status));
        }
        for (int i = 0; i < 5; i++) reporter.addHit(hit("http://a/" + i, 200));
        reporter.socketOpen();
        reporter.socketMessage(1000);
        reporter.socketMessage(24);
        reporter.socketClose();
      }
      collector.awaitSilence(SILENCE);
      LoadsResult result = collector.result();
      assertThat(result.hitsByUrl())
          .containsOnlyKeys("http://a/", "http://a/0", "http://a/1", "(other)");
      assertThat(result.hitsByUrl().get("http://a/").failures()).isEqualTo(3);
      assertThat(LoadsResult.successRate(result.hitsByUrl().get("http://a/")))
          .isEqualTo(1 - 3.0 / 7);
      assertThat(result.badStatuses())
          .extracting(error -> error.text())
          .containsExactlyInAnyOrder("HTTP 404", "HTTP 503", "HTTP 0");
      assertThat(result.sockets()).isEqualTo(new SocketCounts(1, 1, 2, 1024));
      assertThat(result.run().counters())
          .containsEntry("hits", 12L)
          .containsEntry("hits without success", 3L)
          .containsEntry("socket bytes", 1024L);
      assertThat(LoadsSummary.text(result))
          .containsPattern("Hits +12\n")
          .containsPattern("Bytes received +1,024\n")
          .containsPattern("http://a/ +7 +57.1 % +20 ms");
      assertThat(ConsoleReport.text(result.run())).contains("http://a/0");
    }
  }

  private static Hit hit(String url, int status) {
    return new Hit(url, "GET", status, Instant.EPOCH, Duration.ofMillis(20));
  }

  @Test
  void listener_thatFails_harmsNobody() throws Exception {
    List<LoadsMessage> heard = new CopyOnWriteArrayList<>();
    try (CapturedLog log = CapturedLog.of(LoadsCollector.class);
        LoadsCollector collector =
            LoadsCollector.builder()
                .onReport(
                    report -> {
                      heard.addAll(report.messages());
                      throw new AssertionError("of the listener");
                    })
                .open(ANY)) {
      try (LoadsReporter reporter = reporter(collector, "a", "r")) {
        reporter.addSuccess("t");
        reporter.addSuccess("u");
      }
      collector.awaitSilence(SILENCE);
      assertThat(collector.result().successes()).isEqualTo(2);
      assertThat(heard).hasSize(2);
      assertThat(log.lines()).containsOnly("a listener of the collector failed");
    }
  }

  @Test
  void result_isThereBeforeAnythingArrivesAndAfterTheEnd() {
    LoadsCollector collector = LoadsCollector.open(ANY);
    LoadsResult before = collector.result();
    assertThat(before.tests()).isEmpty();
    assertThat(before.run().duration()).isZero();
    assertThat(LoadsSummary.text(before)).containsPattern("Average request time +-\n");
    collector.close();
    collector.close();
    assertThat(collector.result().hits().count()).isZero();
  }

  @Test
  void awaitSilence_waitsForTheListener() throws Exception {
    try (LoadsCollector collector =
        LoadsCollector.builder().onReport(report -> pause()).open(ANY)) {
      try (LoadsReporter reporter = reporter(collector, "a", "r")) {
        for (int i = 0; i < 20; i++) reporter.addSuccess("t");
      }
      collector.awaitSilence(Duration.ofMillis(50));
      assertThat(collector.result().successes()).isEqualTo(20);
    }
  }

  /** Longer than the silence that is waited for. */
  private static void pause() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void requireHistograms_saysWhatToAdd() throws Exception {
    try (URLClassLoader bare = new URLClassLoader(new URL[0], null)) {
      assertThatIllegalStateException()
          .isThrownBy(() -> LoadsCollector.requireHistograms(bare))
          .withMessageContaining("add org.hdrhistogram:HdrHistogram to the class path");
    }
  }

  @Test
  void open_saysThatTheAddressIsInUse() {
    try (LoadsCollector collector = LoadsCollector.open(ANY)) {
      assertThatExceptionOfType(MessagingException.class)
          .isThrownBy(() -> LoadsCollector.open(collector.endpoint()))
          .withMessageContaining(collector.endpoint().toString());
    }
  }
}
