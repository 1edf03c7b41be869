package dev.broadside.loads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broadside.loads.testing.CapturedLog;
import dev.broadside.messaging.Account;
import dev.broadside.messaging.Endpoint;
import dev.broadside.messaging.MessageReceiver;
import dev.broadside.messaging.MessagingContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LoadsReporterTest {
  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

  @Test
  void messages_arriveInOrder() throws Exception {
    try (MessagingContext context = MessagingContext.create("receiver");
        MessageReceiver receiver =
            MessageReceiver.builder(context, Endpoint.parse("tcp://127.0.0.1:0"), this::receive)
                .open()) {
      Account account;
      try (LoadsReporter reporter = LoadsReporter.builder(receiver.endpoint()).open()) {
        reporter.startTest("a");
        reporter.currentHit(2);
        reporter.addSuccess("a");
        account = reporter.close(Duration.ofSeconds(10));
      }
      assertThat(received.poll(10, TimeUnit.SECONDS)).contains("startTest", "[1,1,1,1]");
      assertThat(received.poll(10, TimeUnit.SECONDS)).contains("addSuccess", "[1,1,2,1]");
      assertThat(account).isEqualTo(new Account(2, 2, 0, 0, 0));
    }
  }

  @Test
  void batches_leaveBySizeAndByTime() throws Exception {
    try (MessagingContext context = MessagingContext.create("receiver");
        MessageReceiver receiver =
            MessageReceiver.builder(context, Endpoint.parse("tcp://127.0.0.1:0"), this::receive)
                .open();
        LoadsReporter reporter =
            LoadsReporter.builder(receiver.endpoint()).batch(2, Duration.ofMillis(20)).open()) {
      reporter.socketOpen();
      reporter.socketOpen();
      reporter.socketClose();
      assertThat(received.poll(10, TimeUnit.SECONDS)).contains("\"socket_open\":[{},{}]");
      assertThat(received.poll(10, TimeUnit.SECONDS)).contains("\"socket_close\":[{}]");
      assertThat(reporter.close(Duration.ofSeconds(10))).isEqualTo(new Account(3, 3, 0, 0, 0));
    }
  }

  @Test
  void absentReceiver_costsPatienceOnceAndIsCounted() {
    Endpoint nobody = Endpoint.parse("tcp://127.0.0.1:1");
    try (LoadsReporter reporter =
        LoadsReporter.builder(nobody).capacity(300).patience(Duration.ofMillis(50)).open()) {
      for (int i = 0; i < 2000; i++) reporter.socketOpen();
      Account account = reporter.close(Duration.ofMillis(10));
      assertThat(account.produced()).isEqualTo(2000);
      assertThat(account.sent()).isZero();
      assertThat(account.dropped()).isPositive();
      assertThat(account.dropped() + account.unsent()).isEqualTo(2000);
    }
  }

  @Test
  void stay_thatIsTooShortIsTold() throws Exception {
    try (CapturedLog log = CapturedLog.of(LoadsReporter.class);
        MessagingContext context = MessagingContext.create("receiver");
        MessageReceiver receiver =
            MessageReceiver.builder(context, Endpoint.parse("tcp://127.0.0.1:0"), this::receive)
                .open();
        LoadsReporter reporter =
            LoadsReporter.builder(oneOf(1000, receiver.endpoint()))
                .closeTimeout(Duration.ofSeconds(10))
                .open()) {
      for (int i = 0; i < 300; i++) reporter.socketOpen();
      reporter.close();
      assertThat(log.lines())
          .singleElement()
          .asString()
          .contains("may need 30.0 s to read what all users sent", "not counted");
    }
  }

  private static LoadsEnvironment oneOf(int users, Endpoint receiver) {
    return LoadsEnvironment.from(
        Map.of(
            "LOADS_ZMQ_RECEIVER",
            receiver.toString(),
            "LOADS_TOTAL_USERS",
            Integer.toString(users),
            "LOADS_CURRENT_USER",
            "1",
            "LOADS_TOTAL_HITS",
            "1"));
  }

  private void receive(List<byte[]> frames) {
    received.add(new String(frames.get(0), StandardCharsets.US_ASCII));
  }
}
