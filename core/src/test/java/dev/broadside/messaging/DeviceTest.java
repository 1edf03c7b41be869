package dev.broadside.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.broadside.messaging.Device.Kind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.zeromq.SocketType;

@Timeout(60)
class DeviceTest {
  private static final Endpoint ANY_PORT = Endpoint.parse("tcp://127.0.0.1:0");

  private final MessagingContext context = MessagingContext.create("device-test");

  @AfterEach
  void closeContext() {
    context.close();
  }

  private Device device(Kind kind) {
    return Device.open(context, kind, ANY_PORT, ANY_PORT);
  }

  @Test
  void streamer_passesEverythingOnInOrder() throws Exception {
    BlockingQueue<List<byte[]>> received = new LinkedBlockingQueue<>();
    try (Device streamer = device(Kind.STREAMER);
        MessageSender sender = MessageSender.builder(context, streamer.frontend()).open();
        MessageReceiver receiver =
            MessageReceiver.builder(context, streamer.backend(), received::add)
                .bind(false)
                .open()) {
      for (int i = 0; i < 20_000; i++) sender.send(("" + i).getBytes(UTF_8));
      for (int i = 0; i < 20_000; i++) {
        assertThat(received.poll(10, TimeUnit.SECONDS))
            .singleElement()
            .isEqualTo(("" + i).getBytes(UTF_8));
      }
      assertThat(receiver.endpoint()).isEqualTo(streamer.backend());
      assertThat(sender.close(Duration.ofSeconds(5)).sent()).isEqualTo(20_000);
    }
  }

  @Test
  void streamer_holdsBackWhileNobodyTakes() {
    AtomicLong received = new AtomicLong();
    try (Device streamer = device(Kind.STREAMER);
        MessageSender sender =
            MessageSender.builder(context, streamer.frontend())
                .overflowPolicy(OverflowPolicy.DROP)
                .open()) {
      Wait.until("nothing more goes in", () -> sendMany(sender) == 0);
      long held = sender.account().sent();
      MessageReceiver receiver =
          MessageReceiver.builder(context, streamer.backend(), frames -> received.incrementAndGet())
              .bind(false)
              .open();
      try (receiver) {
        Wait.until("all that went in has come out", () -> received.get() >= held);
      }
    }
  }

  /** How many were not dropped. */
  private static int sendMany(MessageSender sender) {
    int taken = 0;
    for (int i = 0; i < 1000; i++) if (sender.send(new byte[1000])) taken++;
    return taken;
  }

  @Test
  void streamer_sharesBetweenThoseWhoTake() {
    try (Device streamer = device(Kind.STREAMER);
        BareSocket push = BareSocket.connected(SocketType.PUSH, streamer.frontend());
        BareSocket one = BareSocket.connected(SocketType.PULL, streamer.backend());
        BareSocket other = BareSocket.connected(SocketType.PULL, streamer.backend())) {
      Wait.until(
          "both are served",
          () -> {
            push.send("a", "b");
            push.send("a", "b");
            return takesBothFrames(one) & takesBothFrames(other);
          });
    }
  }

  private static boolean takesBothFrames(BareSocket pull) {
    String first = pull.within(10);
    if (first == null) return false;
    assertThat(first).isEqualTo("a");
    assertThat(pull.hasMore()).as("frames stay together").isTrue();
    assertThat(pull.next()).isEqualTo("b");
    return true;
  }

  @Test
  void forwarder_passesSubscriptionsAndMessagesOn() throws Exception {
    BlockingQueue<List<byte[]>> received = new LinkedBlockingQueue<>();
    try (Device forwarder = device(Kind.FORWARDER);
        Publisher publisher = Publisher.builder(context, forwarder.frontend()).bind(false).open()) {
      assertThat(publisher.isHeard()).isFalse();
      Subscriber subscriber =
          Subscriber.builder(context, forwarder.backend(), received::add).topic("a").open();
      try (subscriber) {
        Wait.until("the subscription comes through", publisher::isHeard);
        publisher.publish("b".getBytes(UTF_8));
        publisher.publish("a".getBytes(UTF_8), "{}".getBytes(UTF_8));
        assertThat(received.poll(10, TimeUnit.SECONDS))
            .containsExactly("a".getBytes(UTF_8), "{}".getBytes(UTF_8));
      }
      Wait.until("nobody is there any more", () -> !publisher.isHeard());
    }
  }

  @Test
  void forwarder_isHeardAgainAfterItCameBack() throws Exception {
    BlockingQueue<List<byte[]>> received = new LinkedBlockingQueue<>();
    Device first = device(Kind.FORWARDER);
    Endpoint front = first.frontend();
    Endpoint back = first.backend();
    try (Publisher publisher = Publisher.builder(context, front).bind(false).open();
        Subscriber subscriber = Subscriber.builder(context, back, received::add).topic("").open()) {
      Wait.until("the subscription comes through", publisher::isHeard);
      first.close();
      try (MessagingContext another = MessagingContext.create("device-again");
          Device second = reopened(another, front, back)) {
        Wait.until(
            "messages come through again",
            () -> {
              publisher.publish("hello".getBytes(UTF_8));
              return received.poll() != null;
            });
        assertThat(second.frontend()).isEqualTo(front);
      }
      subscriber.close();
    }
  }

  /** The ports are free a moment after the close. */
  private static Device reopened(MessagingContext context, Endpoint front, Endpoint back) {
    Device[] opened = new Device[1];
    Wait.until(
        "the ports are free",
        () -> {
          try {
            opened[0] = Device.open(context, Kind.FORWARDER, front, back);
            return true;
          } catch (MessagingException e) {
            return false;
          }
        });
    return opened[0];
  }

  @Test
  void open_namesThePortThatIsInUse() {
    try (Device streamer = device(Kind.STREAMER)) {
      assertThatThrownBy(() -> Device.open(context, Kind.STREAMER, ANY_PORT, streamer.backend()))
          .isInstanceOf(MessagingException.class)
          .hasMessageStartingWith("cannot bind " + streamer.backend() + ": the address is in use");
    }
    assertThat(Threads.named("streamer")).isEmpty();
  }

  @Test
  void close_endsTheThreadAndTheWaiting() throws Exception {
    Device streamer = device(Kind.STREAMER);
    Thread waiting =
        Wait.daemon(
            "waits-for-a-device",
            () -> {
              try {
                streamer.awaitEnd();
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
            });
    streamer.close();
    streamer.close();
    Wait.forTheEndOf(waiting);
    assertThat(Threads.named("streamer")).isEmpty();
  }
}
