package dev.broadside.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.zeromq.SocketType;

/** A peer goes, and another one binds its port: docs/protocols.md 1.3. */
@Timeout(60)
class MessageSenderReconnectTest {
  final MessagingContext context = MessagingContext.create("reconnect-test");

  @AfterEach
  void closeContext() {
    context.close();
  }

  MessageSender.Builder to(BareSocket pull) {
    return MessageSender.builder(context, pull.endpoint()).closeTimeout(Duration.ZERO);
  }

  private static void send(MessageSender sender, int from, int to) {
    for (int i = from; i < to; i++) sender.send(("" + i).getBytes(UTF_8));
  }

  private static List<String> numbers(int from, int to) {
    return IntStream.range(from, to).mapToObj(Integer::toString).toList();
  }

  private static void kill(BareSocket pull, MessageSender sender) {
    pull.close();
    Wait.until("the connection breaks", () -> !sender.isConnected());
  }

  @Test
  void holdAfterDisconnect_keepsEverythingFromTheNextPeerUntilResumed() {
    try (BareSocket first = BareSocket.bound(SocketType.PULL);
        MessageSender sender = to(first).open()) {
      sender.holdAfterDisconnect(true);
      send(sender, 0, 100);
      assertThat(first.next(100)).isEqualTo(numbers(0, 100));
      int port = first.port();
      kill(first, sender);
      send(sender, 100, 600);
      try (BareSocket second = BareSocket.bound(SocketType.PULL, port)) {
        Wait.until("the connection is back", sender::isConnected);
        send(sender, 600, 1_000);
        assertThat(second.untilSilence(400)).isEmpty();
        assertThat(sender.waiting()).isEqualTo(900);
        assertThat(sender.sent()).isEqualTo(100);

        sender.resume();
        assertThat(second.next(900)).isEqualTo(numbers(100, 1_000));
        assertThat(sender.account()).isEqualTo(new Account(1_000, 1_000, 0, 0, 1));
      }
    }
  }

  @Test
  void holdAfterDisconnect_holdsInFullFlow() throws Exception {
    try (BareSocket first = BareSocket.bound(SocketType.PULL);
        MessageSender sender = to(first).open()) {
      sender.holdAfterDisconnect(true);
      Thread producer =
          Wait.daemon(
              "producer",
              () -> {
                try {
                  for (int i = 0; ; i++) sender.send(("" + i).getBytes(UTF_8));
                } catch (ClosedException e) {
                  // the end
                }
              });
      first.next(20_000);
      int port = first.port();
      first.close(); // while messages are under way
      try (BareSocket second = BareSocket.bound(SocketType.PULL, port)) {
        Wait.until("the connection broke", () -> sender.account().disconnects() == 1);
        Wait.until("the connection is back", sender::isConnected);
        assertThat(second.untilSilence(400)).isEmpty();

        int sent = (int) sender.sent();
        sender.resume();
        List<String> all = second.next(20_000);
        int resumed = Integer.parseInt(all.get(0)); // the first that had not been handed over
        assertThat(resumed).isBetween(sent, sent + BatchQueue.BATCH_SIZE); // counted batch by batch
        assertThat(all).isEqualTo(numbers(resumed, resumed + 20_000));
      }
      Account account = sender.close(Duration.ZERO);
      assertThat(account.produced()).isEqualTo(account.sent() + account.unsent());
      Wait.forTheEndOf(producer);
    }
  }

  @Test
  void holdAfterDisconnect_holdsAgainAfterTheNextBreak() {
    try (BareSocket first = BareSocket.bound(SocketType.PULL);
        MessageSender sender = to(first).open()) {
      sender.holdAfterDisconnect(true);
      send(sender, 0, 1);
      first.next();
      int port = first.port();
      kill(first, sender);
      sender.resume(); // before the connection is back
      send(sender, 1, 2);
      try (BareSocket second = BareSocket.bound(SocketType.PULL, port)) {
        assertThat(second.next()).isEqualTo("1");
        kill(second, sender);
      }
      send(sender, 2, 3);
      try (BareSocket third = BareSocket.bound(SocketType.PULL, port)) {
        Wait.until("the connection is back", sender::isConnected);
        assertThat(third.within(300)).isNull();
        sender.holdAfterDisconnect(false); // lets go as well
        assertThat(third.next()).isEqualTo("2");
        assertThat(sender.account().disconnects()).isEqualTo(2);
      }
    }
  }

  @Test
  void reconnect_withoutHoldLetsMessagesFlow() {
    try (BareSocket first = BareSocket.bound(SocketType.PULL);
        MessageSender sender = to(first).open()) {
      send(sender, 0, 100);
      first.next(100);
      int port = first.port();
      kill(first, sender);
      send(sender, 100, 600);
      try (BareSocket second = BareSocket.bound(SocketType.PULL, port)) {
        assertThat(second.next(500)).isEqualTo(numbers(100, 600));
      }
    }
  }

  @Test
  void disconnect_stopsTheFlowIntoZeroMq() {
    try (BareSocket pull = BareSocket.bound(SocketType.PULL);
        MessageSender sender = to(pull).open()) {
      send(sender, 0, 100);
      pull.next(100);
      kill(pull, sender);
      send(sender, 100, 3_000);
      assertThat(sender.noticesWaiting()).isZero();
      sender.sendNotice("notice".getBytes(UTF_8));
      long since = System.nanoTime();
      Wait.until("100 ms are over", () -> System.nanoTime() - since > 100_000_000);
      assertThat(sender.sent()).isEqualTo(100);
      assertThat(sender.waiting()).isEqualTo(2_900);
      assertThat(sender.noticesWaiting()).isEqualTo(1);
    }
  }

  @Test
  void makeConnectionLast_sendsToTheStandingOneOnly() {
    try (BareSocket first = BareSocket.bound(SocketType.PULL);
        MessageSender sender = to(first).open()) {
      Wait.until("the connection stands", sender::isConnected);
      sender.makeConnectionLast();
      send(sender, 0, 100);
      assertThat(first.next(100)).isEqualTo(numbers(0, 100));
      int port = first.port();
      kill(first, sender);
      send(sender, 100, 500);
      try (BareSocket second = BareSocket.bound(SocketType.PULL, port)) {
        Wait.until("the connection is back", sender::isConnected);
        assertThat(second.within(300)).isNull();
        long since = System.nanoTime();
        assertThat(sender.close(Duration.ofSeconds(20)))
            .isEqualTo(new Account(500, 100, 0, 400, 1));
        assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(Duration.ofSeconds(2));
        assertThat(second.within(300)).isNull();
      }
    }
  }

  @Test
  void close_whileHeldCountsAllAsUnsent() {
    try (BareSocket first = BareSocket.bound(SocketType.PULL);
        MessageSender sender = to(first).open()) {
      sender.holdAfterDisconnect(true);
      send(sender, 0, 10);
      first.next(10);
      int port = first.port();
      kill(first, sender);
      send(sender, 10, 500);
      try (BareSocket second = BareSocket.bound(SocketType.PULL, port)) {
        Wait.until("the connection is back", sender::isConnected);
        assertThat(sender.close(Duration.ofMillis(200))).isEqualTo(new Account(500, 10, 0, 490, 1));
        assertThat(second.within(300)).isNull();
      }
    }
  }

  @Test
  void listener_hearsOfEveryConnectionMadeAndLost() throws Exception {
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    ConnectionListener listener =
        new ConnectionListener() {
          @Override
          public void connected() {
            heard.add("connected");
            throw new IllegalStateException("a listener that fails");
          }

          @Override
          public void disconnected() {
            heard.add("disconnected");
            throw new IllegalStateException("a listener that fails");
          }
        };
    try (BareSocket first = BareSocket.bound(SocketType.PULL);
        MessageSender sender = to(first).listener(listener).open()) {
      assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("connected");
      int port = first.port();
      first.close();
      assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("disconnected");
      try (BareSocket second = BareSocket.bound(SocketType.PULL, port)) {
        assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("connected");
        send(sender, 0, 1);
        assertThat(second.next()).isEqualTo("0");
      }
      assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("disconnected");
      assertThat(sender.account().disconnects()).isEqualTo(2);
    }
  }
}
