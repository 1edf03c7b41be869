package dev.broadside.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
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

  private static Endpoint endpoint(PythonPeer far) throws IOException {
    return Endpoint.parse("tcp://127.0.0.1:" + far.line());
  }

  @Test
  void sender_isUnderstoodByItsPull() throws Exception {
    try (PythonPeer far = PythonPeer.run(PULL);
        MessagingContext context = MessagingContext.create("libzmq-test");
        MessageSender sender = MessageSender.builder(context, endpoint(far)).open()) {
      for (int i = 0; i < 10_000; i++) sender.send(("" + i).getBytes(UTF_8));
      assertThat(far.line()).isEqualTo("all in order");
      assertThat(sender.close(Duration.ofSeconds(5)))
          .isEqualTo(new Account(10_000, 10_000, 0, 0, 0));
    }
  }

  @Test
  void subscriber_understandsItsPub() throws Exception {
    BlockingQueue<List<byte[]>> received = new LinkedBlockingQueue<>();
    try (PythonPeer far = PythonPeer.run(XPUB);
        MessagingContext context = MessagingContext.create("libzmq-test");
        Subscriber subscriber =
            Subscriber.builder(context, endpoint(far), received::add).topic("").open()) {
      assertThat(far.line()).isEqualTo("b'\\x01'");
      assertThat(received.poll(10, TimeUnit.SECONDS))
          .containsExactly(" {\"command\":\"start\"}".getBytes(UTF_8));
      assertThat(received.poll(10, TimeUnit.SECONDS))
          .containsExactly("topic".getBytes(UTF_8), new byte[] {(byte) 0xff, 0});
      subscriber.close();
    }
  }
}
