package dev.broadside.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The far side is libzmq, by way of Debian's python3-zmq. */
@Timeout(60)
class LibzmqTest {
  private static final String PULL =
      """
      import sys, zmq
      pull = zmq.Context().socket(zmq.PULL)
      print(pull.bind_to_random_port('tcp://127.0.0.1'), flush=True)
      for i in range(10000):
          if not pull.poll(15000): raise SystemExit('only %d arrived' % i)
          frames = pull.recv_multipart()
          if frames != [b'%d' % i]: raise SystemExit('%d: %r' % (i, frames))
      print('all in order', flush=True)
      sys.stdin.read()
      """;

  private static final String XPUB =
      """
      import zmq
      pub = zmq.Context().socket(zmq.XPUB)
      print(pub.bind_to_random_port('tcp://127.0.0.1'), flush=True)
      if not pub.poll(15000): raise SystemExit('no subscription came')
      print(pub.recv(), flush=True)
      pub.send(b' {"command":"start"}')
      pub.send_multipart([b'topic', b'\\xff\\x00'])
      pub.close(15000)
      """;

  private static Process python(String program) throws IOException {
    Optional<String> python =
        Stream.of("/usr/bin/python3", "python3").filter(LibzmqTest::importsZmq).findFirst();
    if (python.isEmpty()) {
      if ("true".equals(System.getenv("CI"))) fail("no python3 here can import zmq");
      abort("no python3 here can import zmq: install python3-zmq");
    }
    return new ProcessBuilder(python.get(), "-c", program).redirectErrorStream(true).start();
  }

  private static boolean importsZmq(String python) {
    try {
      Process process = new ProcessBuilder(python, "-c", "import zmq").start();
      return process.waitFor(15, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static Endpoint endpoint(BufferedReader output) throws IOException {
    return Endpoint.parse("tcp://127.0.0.1:" + output.readLine());
  }

  @Test
  void sender_isUnderstoodByItsPull() throws Exception {
    Process far = python(PULL);
    try (MessagingContext context = MessagingContext.create("libzmq-test");
        BufferedReader output = far.inputReader();
        MessageSender sender = MessageSender.builder(context, endpoint(output)).open()) {
      for (int i = 0; i < 10_000; i++) sender.send(("" + i).getBytes(UTF_8));
      assertThat(output.readLine()).isEqualTo("all in order");
      assertThat(sender.close(Duration.ofSeconds(5)))
          .isEqualTo(new Account(10_000, 10_000, 0, 0, 0));
    } finally {
      far.destroy();
    }
  }

  @Test
  void subscriber_understandsItsPub() throws Exception {
    BlockingQueue<List<byte[]>> received = new LinkedBlockingQueue<>();
    Process far = python(XPUB);
    try (MessagingContext context = MessagingContext.create("libzmq-test");
        BufferedReader output = far.inputReader();
        Subscriber subscriber =
            Subscriber.builder(context, endpoint(output), received::add).topic("").open()) {
      assertThat(output.readLine()).isEqualTo("b'\\x01'");
      assertThat(received.poll(10, TimeUnit.SECONDS))
          .containsExactly(" {\"command\":\"start\"}".getBytes(UTF_8));
      assertThat(received.poll(10, TimeUnit.SECONDS))
          .containsExactly("topic".getBytes(UTF_8), new byte[] {(byte) 0xff, 0});
      subscriber.close();
    } finally {
      far.destroy();
    }
  }
}
