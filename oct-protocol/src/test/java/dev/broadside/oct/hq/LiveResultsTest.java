package dev.broadside.oct.hq;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.broadside.messaging.Device;
import dev.broadside.messaging.Endpoint;
import dev.broadside.messaging.MessagingContext;
import dev.broadside.metrics.RunResult;
import dev.broadside.oct.testing.PythonProcess;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Results as they come, heard by libzmq. */
@Timeout(60)
class LiveResultsTest {
  private static final Endpoint ANY_PORT = Endpoint.parse("tcp://127.0.0.1:0");
  private static final Pattern NUMBER = Pattern.compile("\"error\": \"no (\\d+)\"");
  private static final int HEARD = 50;

  private static Headquarters.Builder settings() {
    return Headquarters.builder()
        .publishPort(0)
        .resultsPort(0)
        .livePort(0)
        .runTime(ofSeconds(30))
        .liveResults("a topic");
  }

  @Test
  void results_arePublishedAsTheyCame() throws Exception {
    try (Headquarters hq = settings().build()) {
      hq.start();
      try (PythonProcess far =
          PythonProcess.start("live_subscriber.py", hq.livePort(), "a topic", HEARD)) {
        fireAndCheck(hq, far);
      }
    }
  }

  @Test
  void results_arePublishedThroughAForwarder() throws Exception {
    try (MessagingContext context = MessagingContext.create("live-results-test");
        Device device = Device.open(context, Device.Kind.FORWARDER, ANY_PORT, ANY_PORT);
        Headquarters hq = settings().liveForwarder("127.0.0.1", device.frontend().port()).build()) {
      hq.start();
      assertThat(hq.reach())
          .contains("live results of topic a topic to the forwarder at " + device.frontend());
      try (PythonProcess far =
          PythonProcess.start("live_subscriber.py", device.backend().port(), "a topic", HEARD)) {
        fireAndCheck(hq, far);
      }
    }
  }

  /** From the first that is heard on, each result is, in order, as it was sent. */
  private static void fireAndCheck(Headquarters hq, PythonProcess far) throws Exception {
    try (FakeTurret turret = new FakeTurret(hq, "navigation")) {
      turret.says("ready");
      CompletableFuture<RunResult> run = CompletableFuture.supplyAsync(hq::run);
      turret.awaitOrder("start");
      turret.says("Running");
      FutureTask<List<String>> heard = new FutureTask<>(() -> far.lines(HEARD));
      new Thread(heard, "hears-live-results").start(); // while it fires
      int fired = 0;
      for (; !heard.isDone(); fired++) {
        turret.send(turret.result(0, "no " + fired));
        if (fired % 100 == 99) turret.says("Running"); // is not published
        LockSupport.parkNanos(500_000);
      }
      List<String> lines = heard.get();
      int first = number(lines.get(0));
      for (int i = 0; i < HEARD; i++) {
        String sent = turret.result(0, "no " + (first + i));
        assertThat(lines.get(i)).isEqualTo("2 a topic " + sent);
      }
      hq.endRun();
      turret.awaitOrder("stop");
      turret.says("ready");
      RunResult result = run.get(20, TimeUnit.SECONDS);
      assertThat(result.all().count()).isEqualTo(fired);
      assertThat(result.counters()).containsEntry("live results dropped", 0L);
    }
  }

  private static int number(String line) {
    Matcher matcher = NUMBER.matcher(line);
    assertThat(matcher.find()).as(line).isTrue();
    return Integer.parseInt(matcher.group(1));
  }

  @Test
  void results_areNotPublishedUnlessAskedFor() {
    try (Headquarters hq = Headquarters.builder().publishPort(0).resultsPort(0).build()) {
      hq.start();
      assertThatIllegalStateException()
          .isThrownBy(hq::livePort)
          .withMessage("no live results are published");
    }
  }
}
