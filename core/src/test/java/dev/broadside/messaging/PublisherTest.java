package dev.broadside.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.zeromq.SocketType;

/** {@link Publisher} to a bare SUB, a bare XPUB to {@link Subscriber}, and both together. */
@Timeout(60)
class PublisherTest {
  private static final Endpoint ANY_PORT = Endpoint.parse("tcp://127.0.0.1:0");

  private final MessagingContext context = MessagingContext.create("publisher-test");
  private final BlockingQueue<List<String>> received = new LinkedBlockingQueue<>();

  @AfterEach
  void closeContext() {
    context.close();
  }

  private void keep(List<byte[]> frames) {
    received.add(frames.stream().map(frame -> new String(frame, UTF_8)).toList());
  }

  private List<String> next() throws InterruptedException {
    List<String> frames = received.poll(10, TimeUnit.SECONDS);
    if (frames == null) throw new AssertionError("nothing published arrived within 10 s");
    return frames;
  }

  private static void publish(Publisher publisher, String... frames) {
    byte[][] bytes = new byte[frames.length][];
    for (int i = 0; i < frames.length; i++) bytes[i] = frames[i].getBytes(UTF_8);
    publisher.publish(bytes);
  }

  /** Publishes until the subscription has come in; nothing tells a publisher. */
  private static void awaitSubscription(Publisher publisher, BareSocket sub) {
    Wait.until(
        "the subscription comes in",
        () -> {
          publish(publisher, "are you there?");
          return sub.within(10) != null;
        });
    for (String left = ""; left != null; ) left = sub.within(100);
  }

  private static BareSocket sub(Publisher publisher, String topic) {
    return BareSocket.connected(
        SocketType.SUB, publisher.endpoint(), socket -> socket.subscribe(topic));
  }

  @Test
  void publish_reachesABareSubInOrder() {
    try (Publisher publisher = Publisher.builder(context, ANY_PORT).open();
        BareSocket sub = sub(publisher, "")) {
      awaitSubscription(publisher, sub);
      for (int i = 0; i < 500; i++) publish(publisher, " {\"n\":" + i + "}");
      for (int i = 0; i < 500; i++) assertThat(sub.next()).isEqualTo(" {\"n\":" + i + "}");
    }
  }

  @Test
  void publish_sendsFramesTogether() {
    try (Publisher publisher = Publisher.builder(context, ANY_PORT).open();
        BareSocket sub = sub(publisher, "")) {
      awaitSubscription(publisher, sub);
      publish(publisher, "topic", "body");
      assertThat(sub.next()).isEqualTo("topic");
      assertThat(sub.hasMore()).isTrue();
      assertThat(sub.next()).isEqualTo("body");
      assertThat(sub.hasMore()).isFalse();
    }
  }

  @Test
  void publish_keepsItsOwnCopyOfTheFrames() {
    try (Publisher publisher = Publisher.builder(context, ANY_PORT).open();
        BareSocket sub = sub(publisher, "")) {
      awaitSubscription(publisher, sub);
      byte[][] frames = {"one".getBytes(UTF_8)};
      for (int i = 0; i < 100; i++) {
        frames[0] = "one".getBytes(UTF_8);
        publisher.publish(frames);
        frames[0] = "two".getBytes(UTF_8);
      }
      assertThat(sub.next(100)).containsOnly("one");
    }
  }

  @Test
  void publish_withoutSubscribersReturnsAtOnce() {
    try (Publisher publisher = Publisher.builder(context, ANY_PORT).open()) {
      for (int i = 0; i < 10_000; i++) publish(publisher, "nobody hears this");
    }
  }

  @Test
  void publish_dropsWhatExceedsTheCapacity() {
    try (Publisher publisher = Publisher.builder(context, ANY_PORT).capacity(10).open()) {
      byte[] message = new byte[100];
      Wait.until("one of many finds no room", () -> publishMany(publisher, message) > 0);
      Wait.until("there is room again", () -> publisher.publish(message));
    }
  }

  /** How many were dropped. */
  private static int publishMany(Publisher publisher, byte[] message) {
    int dropped = 0;
    for (int i = 0; i < 10_000; i++) if (!publisher.publish(message)) dropped++;
    return dropped;
  }

  @Test
  void publish_refusesWrongArguments() {
    try (Publisher publisher = Publisher.builder(context, ANY_PORT).open()) {
      assertThatIllegalArgumentException()
          .isThrownBy(publisher::publish)
          .withMessage("a message has at least one frame");
      assertThatNullPointerException()
          .isThrownBy(() -> publisher.publish(new byte[][] {null}))
          .withMessage("frame");
    }
  }

  @Test
  void close_publishesWhatIsQueued() {
    Publisher publisher = Publisher.builder(context, ANY_PORT).open();
    try (BareSocket sub = sub(publisher, "")) {
      awaitSubscription(publisher, sub);
      for (int i = 0; i < 900; i++) publish(publisher, "" + i); // fewer than PUB's high-water mark
      publisher.close();
      for (int i = 0; i < 900; i++) assertThat(sub.next()).isEqualTo("" + i);
    }
  }

  @Test
  void publish_afterCloseIsRefused() {
    Publisher publisher = Publisher.builder(context, ANY_PORT).open();
    publisher.close();
    publisher.close();
    assertThatExceptionOfType(ClosedException.class)
        .isThrownBy(() -> publish(publisher, "late"))
        .withMessage("this publisher is closed");
  }

  private Subscriber.Builder subscriber(BareSocket xpub) {
    return Subscriber.builder(context, xpub.endpoint(), this::keep);
  }

  @Test
  void subscriber_subscribesToItsTopicsOnly() throws Exception {
    try (BareSocket xpub = BareSocket.bound(SocketType.XPUB);
        Subscriber subscriber = subscriber(xpub).topic("uuid-1 ").topic(" ").open()) {
      assertThat(List.of(xpub.next(), xpub.next()))
          .containsExactlyInAnyOrder("\u0001uuid-1 ", "\u0001 ");
      xpub.send("uuid-2 {\"command\":\"kill\"}");
      xpub.send(" {\"command\":\"start\"}");
      xpub.send("uuid-1 {\"command\":\"stop\"}");
      assertThat(next()).containsExactly(" {\"command\":\"start\"}");
      assertThat(next()).containsExactly("uuid-1 {\"command\":\"stop\"}");
      assertThat(received).isEmpty();
      subscriber.close();
    }
  }

  @Test
  void subscriber_withTheEmptyTopicHearsAll() throws Exception {
    try (BareSocket xpub = BareSocket.bound(SocketType.XPUB);
        Subscriber subscriber = subscriber(xpub).topic("").open()) {
      assertThat(xpub.next()).isEqualTo("\u0001");
      xpub.send("topic", "body");
      xpub.send("x");
      assertThat(next()).containsExactly("topic", "body");
      assertThat(next()).containsExactly("x");
      subscriber.close();
    }
  }

  @Test
  void subscriber_subscribesAgainAfterAReconnect() throws Exception {
    List<String> heard = new ArrayList<>();
    int port;
    try (BareSocket first = BareSocket.bound(SocketType.XPUB)) {
      port = first.port();
      Subscriber subscriber =
          subscriber(first)
              .topic("")
              .listener(
                  new ConnectionListener() {
                    @Override
                    public void connected() {
                      heard.add("connected");
                    }

                    @Override
                    public void disconnected() {
                      heard.add("disconnected");
                    }
                  })
              .open();
      try (subscriber) {
        assertThat(first.next()).isEqualTo("\u0001");
        first.close();
        try (BareSocket second = BareSocket.bound(SocketType.XPUB, port)) {
          assertThat(second.next()).isEqualTo("\u0001");
          second.send("hello again");
          assertThat(next()).containsExactly("hello again");
        }
      }
    }
    assertThat(heard).startsWith("connected", "disconnected", "connected");
  }

  @Test
  void subscriber_closesFromItsHandler() throws Exception {
    AtomicReference<Subscriber> self = new AtomicReference<>();
    CompletableFuture<Duration> took = new CompletableFuture<>();
    try (BareSocket xpub = BareSocket.bound(SocketType.XPUB)) {
      self.set(
          Subscriber.builder(
                  context,
                  xpub.endpoint(),
                  frames -> {
                    long since = System.nanoTime();
                    self.get().close();
                    took.complete(Duration.ofNanos(System.nanoTime() - since));
                  })
              .topic("")
              .name("subscriber-that-closes-itself")
              .open());
      assertThat(xpub.next()).isEqualTo("\u0001");
      xpub.send("kill");
      assertThat(Wait.forThe(took)).isLessThan(Duration.ofSeconds(1));
      Wait.until("it ends", () -> Threads.named("subscriber-that-closes-itself").isEmpty());
    }
  }

  @Test
  void publisherAndSubscriber_workTogether() throws Exception {
    try (Publisher publisher = Publisher.builder(context, ANY_PORT).open();
        Subscriber subscriber =
            Subscriber.builder(context, publisher.endpoint(), this::keep).topic("a").open()) {
      Wait.until(
          "the subscription comes in",
          () -> {
            publish(publisher, "a", "{}");
            return !received.isEmpty();
          });
      assertThat(next()).containsExactly("a", "{}");
      subscriber.close();
    }
  }
}
