package dev.broadside.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a relayed sender's close has accounted for survives its process. */
@Timeout(60)
class ExitTest {
  private static final int MESSAGES = 20_000;

  private static final String PULL =
      """
      import sys, zmq
      pull = zmq.Context().socket(zmq.PULL)
      pull.bind(sys.argv[1])
      print(pull.getsockopt(zmq.LAST_ENDPOINT).rstrip(b'\\0').decode(), flush=True)
      for i in range(int(sys.argv[2])):
          if not pull.poll(20000): raise SystemExit('only %d arrived' % i)
          if pull.recv() != b'%d' % i: raise SystemExit('%d is wrong' % i)
      print('all in order', flush=True)
      """;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"exit", "return"})
  void close_hasGivenAllToLibzmqOverIpc(String end) throws Exception {
    assertGivesAll("ipc://" + folder.resolve("exit.ipc"), end);
  }

  @ParameterizedTest
  @ValueSource(strings = {"exit", "return"})
  void close_hasGivenAllToLibzmqOverTcp(String end) throws Exception {
    assertGivesAll("tcp://127.0.0.1:*", end);
  }

  private static void assertGivesAll(String endpoint, String end) throws Exception {
    try (PythonPeer far = PythonPeer.run(PULL, endpoint, MESSAGES)) {
      Process process = ExitingSender.start(Endpoint.parse(far.line()), MESSAGES, end);
      assertThat(far.line()).isEqualTo("all in order");
      assertEnds(process);
    }
  }

  private static void assertEnds(Process process) throws InterruptedException {
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  @Test
  void close_hasGivenAllToAReceiverOfOurs() throws Exception {
    AtomicInteger next = new AtomicInteger();
    AtomicInteger misplaced = new AtomicInteger();
    Endpoint endpoint = Endpoint.parse("ipc://" + folder.resolve("ours.ipc"));
    try (MessagingContext context = MessagingContext.create("exit-test");
        MessageReceiver receiver =
            MessageReceiver.builder(
                    context,
                    endpoint,
                    frames -> {
                      String expected = "" + next.getAndIncrement();
                      if (!new String(frames.get(0), UTF_8).equals(expected)) {
                        misplaced.incrementAndGet();
                      }
                    })
                .open()) {
      assertThat(receiver.endpoint()).isEqualTo(endpoint);
      assertEnds(ExitingSender.start(endpoint, MESSAGES, "exit"));
      Wait.until("all arrive", () -> next.get() == MESSAGES, next::get);
      assertThat(misplaced).hasValue(0);
    }
  }
}
