package dev.broadside.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Over real Unix sockets, the far side is libzmq, by way of Debian's python3-zmq. */
@Timeout(90)
class LibzmqIpcTest {
  private static final String PULL =
      """
      import sys, zmq
      pull = zmq.Context().socket(zmq.PULL)
      getattr(pull, sys.argv[1])(sys.argv[2])
      print('here', flush=True)
      for i in range(int(sys.argv[3])):
          if not pull.poll(15000): raise SystemExit('only %d arrived' % i)
          frames = pull.recv_multipart()
          if frames != [b'%d' % i]: raise SystemExit('%d: %r' % (i, frames))
      print('all in order', flush=True)
      sys.stdin.read()
      """;

  private static final String PUSH =
      """
      import sys, zmq
      context = zmq.Context()
      push = context.socket(zmq.PUSH)
      getattr(push, sys.argv[1])(sys.argv[2])
      for i in range(int(sys.argv[3])): push.send(b'%d' % i)
      push.send(b'x' * 20000000)
      push.close(15000)
      context.term()
      """;

  private static final String XPUB =
      """
      import sys, zmq
      context = zmq.Context()
      pub = context.socket(zmq.XPUB)
      getattr(pub, sys.argv[1])(sys.argv[2])
      if not pub.poll(15000): raise SystemExit('no subscription came')
      print(pub.recv(), flush=True)
      pub.send_multipart([b'topic', b'body'])
      pub.close(15000)
      context.term()
      """;

  private static final String SUB =
      """
      import sys, zmq
      sub = zmq.Context().socket(zmq.SUB)
      sub.setsockopt(zmq.SUBSCRIBE, b'topic')
      getattr(sub, sys.argv[1])(sys.argv[2])
      print('here', flush=True)
      if not sub.poll(15000): raise SystemExit('nothing came')
      print(sub.recv_multipart(), flush=True)
      """;

  private static final int MANY = 10_000;

  @TempDir private Path folder;
  private final MessagingContext context = MessagingContext.create("libzmq-ipc-test");
  private final BlockingQueue<List<byte[]>> received = new LinkedBlockingQueue<>();

  @AfterEach
  void closeContext() {
    context.close();
  }

  private Endpoint endpoint() {
    return Endpoint.parse("ipc://" + folder.resolve("zmq.ipc"));
  }

  @Test
  void sender_isUnderstoodByAPullThatBinds() throws Exception {
    try (PythonPeer far = PythonPeer.run(PULL, "bind", endpoint(), MANY);
        MessageSender sender = MessageSender.builder(context, endpoint()).open()) {
      for (int i = 0; i < MANY; i++) sender.send(("" + i).getBytes(UTF_8));
      assertThat(far.line()).isEqualTo("here");
      assertThat(far.line()).isEqualTo("all in order");
      assertThat(sender.close(Duration.ofSeconds(5))).isEqualTo(new Account(MANY, MANY, 0, 0, 0));
    }
  }

  @Test
  void sender_findsTheNextPullThatBinds() throws Exception {
    try (MessageSender sender = MessageSender.builder(context, endpoint()).open()) {
      for (int round = 1; round <= 3; round++) {
        try (PythonPeer far = PythonPeer.run(PULL, "bind", endpoint(), 100)) {
          assertThat(far.line()).isEqualTo("here");
          Wait.until("the connection stands", sender::isConnected);
          for (int i = 0; i < 100; i++) sender.send(("" + i).getBytes(UTF_8));
          assertThat(far.line()).isEqualTo("all in order");
          far.kill(); // its socket file stays
          Wait.until("the connection breaks", () -> !sender.isConnected());
        }
        assertThat(sender.account().disconnects()).isEqualTo(round);
      }
    }
  }

  @Test
  void receiver_understandsAPushThatConnects() throws Exception {
    try (MessageReceiver receiver =
            MessageReceiver.builder(context, endpoint(), received::add).open();
        PythonPeer far = PythonPeer.run(PUSH, "connect", endpoint(), MANY)) {
      assertThat(receiver.endpoint()).isEqualTo(endpoint());
      assertReceivesAll(far);
    }
  }

  @Test
  void receiver_understandsAPushThatBinds() throws Exception {
    try (MessageReceiver receiver =
            MessageReceiver.builder(context, endpoint(), received::add).bind(false).open();
        PythonPeer far = PythonPeer.run(PUSH, "bind", endpoint(), MANY)) {
      assertThat(receiver.endpoint()).isEqualTo(endpoint());
      assertReceivesAll(far);
    }
  }

  private void assertReceivesAll(PythonPeer far) throws Exception {
    for (int i = 0; i < MANY; i++) assertThat(next()).containsExactly(("" + i).getBytes(UTF_8));
    assertThat(next()).satisfiesExactly(large -> assertThat(large).hasSize(20_000_000));
    assertThat(far.line()).isNull(); // it said nothing of errors
  }

  private List<byte[]> next() throws InterruptedException {
    List<byte[]> frames = received.poll(15, TimeUnit.SECONDS);
    if (frames == null) throw new AssertionError("nothing arrived within 15 s");
    return frames;
  }

  @Test
  void subscriber_understandsAPubOfEitherRole() throws Exception {
    try (Subscriber subscriber =
            Subscriber.builder(context, endpoint(), received::add).topic("topic").open();
        PythonPeer far = PythonPeer.run(XPUB, "bind", endpoint())) {
      assertThat(far.line()).isEqualTo("b'\\x01topic'");
      assertThat(next()).containsExactly("topic".getBytes(UTF_8), "body".getBytes(UTF_8));
      subscriber.close();
    }
    try (Subscriber subscriber =
            Subscriber.builder(context, endpoint(), received::add)
                .topic("topic")
                .bind(true)
                .open();
        PythonPeer far = PythonPeer.run(XPUB, "connect", endpoint())) {
      assertThat(far.line()).isEqualTo("b'\\x01topic'");
      assertThat(next()).containsExactly("topic".getBytes(UTF_8), "body".getBytes(UTF_8));
      subscriber.close();
    }
  }

  @Test
  void publisher_isUnderstoodByASubOfEitherRole() throws Exception {
    assertPublishes(true, "connect");
    assertPublishes(false, "bind");
  }

  private void assertPublishes(boolean bind, String farRole) throws Exception {
    try (Publisher publisher = Publisher.builder(context, endpoint()).bind(bind).open();
        PythonPeer far = PythonPeer.run(SUB, farRole, endpoint())) {
      assertThat(far.line()).isEqualTo("here");
      Thread repeating = // until the subscription has come
          Wait.daemon(
              "repeating",
              () -> {
                try {
                  while (true) {
                    publisher.publish("topic".getBytes(UTF_8), "body".getBytes(UTF_8));
                    LockSupport.parkNanos(10_000_000);
                  }
                } catch (ClosedException e) {
                  // the end
                }
              });
      assertThat(far.line()).isEqualTo("[b'topic', b'body']");
      publisher.close();
      Wait.forTheEndOf(repeating);
    }
  }
}
