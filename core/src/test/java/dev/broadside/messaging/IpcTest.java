package dev.broadside.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our own sockets over Unix sockets, both roles, each side with a context of its own. */
@Timeout(120)
class IpcTest {
  private static final byte[] ZMTP_SIGNATURE = {-1, 0, 0, 0, 0, 0, 0, 0, 0, 0x7f};

  @TempDir private Path folder;
  private final MessagingContext near = MessagingContext.create("ipc-near");
  private final MessagingContext far = MessagingContext.create("ipc-far");
  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

  @AfterEach
  void closeContexts() {
    near.close();
    far.close();
    // JeroMQ's own end a moment after its close
    Wait.until("no thread is left", () -> Threads.named("ipc-").isEmpty());
  }

  private Path path() {
    return folder.resolve("receiver.ipc");
  }

  private Endpoint endpoint() {
    return Endpoint.parse("ipc://" + path());
  }

  private MessageReceiver.Builder receiver() {
    return MessageReceiver.builder(
        far, endpoint(), frames -> received.add(new String(frames.get(0), UTF_8)));
  }

  private MessageSender.Builder sender() {
    return MessageSender.builder(near, endpoint()).closeTimeout(Duration.ZERO);
  }

  private static void send(MessageSender sender, int from, int to) {
    for (int i = from; i < to; i++) sender.send(("" + i).getBytes(UTF_8));
  }

  private void assertReceived(int from, int to) throws InterruptedException {
    for (int i = from; i < to; i++) {
      assertThat(received.poll(15, TimeUnit.SECONDS)).isEqualTo("" + i);
    }
  }

  @Test
  void receiver_makesAPrivateFileAndRemovesIt() throws Exception {
    try (MessageReceiver receiver = receiver().open()) {
      assertThat(receiver.endpoint()).isEqualTo(endpoint());
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path())))
          .isEqualTo("rw-------");
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void receiver_thatCannotBindSaysWhyAndLeavesNoThread() throws Exception {
    try (MessageReceiver receiver = receiver().open()) {
      assertThat(receiver.endpoint()).isEqualTo(endpoint());
      assertThatExceptionOfType(MessagingException.class)
          .isThrownBy(() -> receiver().name("loop-that-failed").open())
          .withMessage("cannot bind " + endpoint() + ": it is in use, somebody listens there");
      Wait.until("its thread ends", () -> Threads.named("loop-that-failed").isEmpty());
      assertThat(Files.exists(path())).isTrue();
    }
  }

  @Test
  void sender_saysAtOnceThatAPathIsTooLong() {
    Endpoint tooLong = Endpoint.parse("ipc:///tmp/" + "x".repeat(120));
    assertThatExceptionOfType(MessagingException.class)
        .isThrownBy(() -> MessageSender.builder(near, tooLong).open())
        .withMessage(
            "cannot connect to "
                + tooLong
                + ": the path has 125 bytes, a Unix socket's at most 106");
  }

  @Test
  void messages_arriveAMillionStrong() throws Exception {
    int count = 1_000_000;
    AtomicLong next = new AtomicLong();
    AtomicLong misplaced = new AtomicLong();
    try (MessageReceiver receiver =
            MessageReceiver.builder(
                    far,
                    endpoint(),
                    frames -> {
                      long expected = next.getAndIncrement();
                      if (Long.parseLong(new String(frames.get(0), UTF_8)) != expected) {
                        misplaced.incrementAndGet();
                      }
                    })
                .open();
        MessageSender sender = sender().open()) {
      assertThat(receiver.endpoint()).isEqualTo(endpoint());
      send(sender, 0, count);
      assertThat(sender.close(Duration.ofSeconds(60)))
          .isEqualTo(new Account(count, count, 0, 0, 0));
      Wait.until("all arrive", () -> next.get() == count, next::get);
      assertThat(misplaced).hasValue(0);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000_000, 20_000_000})
  void messages_mayBeLarge(int bytes) throws Exception {
    BlockingQueue<byte[]> large = new LinkedBlockingQueue<>();
    byte[] message = new byte[bytes];
    for (int i = 0; i < bytes; i++) message[i] = (byte) (i * 31 >> 3);
    try (MessageReceiver receiver =
            MessageReceiver.builder(far, endpoint(), frames -> large.add(frames.get(0))).open();
        MessageSender sender = sender().open()) {
      assertThat(receiver.endpoint()).isEqualTo(endpoint());
      for (int i = 0; i < 3; i++) sender.send(message);
      for (int i = 0; i < 3; i++) assertThat(large.poll(15, TimeUnit.SECONDS)).isEqualTo(message);
    }
  }

  @Test
  void receiver_hearsManySendersAtOnce() throws Exception {
    int senders = 100;
    try (MessageReceiver receiver = receiver().open()) {
      assertThat(receiver.endpoint()).isEqualTo(endpoint());
      List<MessageSender> all = IntStream.range(0, senders).mapToObj(i -> sender().open()).toList();
      for (MessageSender sender : all) send(sender, 0, 10);
      for (MessageSender sender : all) {
        assertThat(sender.close(Duration.ofSeconds(15))).isEqualTo(new Account(10, 10, 0, 0, 0));
      }
      Wait.until("all arrive", () -> received.size() == 10 * senders, received::size);
    }
  }

  @Test
  void sender_waitsForAPeerThatComesLate() throws Exception {
    try (MessageSender sender = sender().open()) {
      send(sender, 0, 1_000);
      long since = System.nanoTime();
      Wait.until("300 ms are over", () -> System.nanoTime() - since > 300_000_000);
      assertThat(sender.isConnected()).isFalse();
      assertThat(sender.sent()).isZero();
      try (MessageReceiver receiver = receiver().open()) {
        assertThat(receiver.endpoint()).isEqualTo(endpoint());
        assertReceived(0, 1_000);
        assertThat(sender.isConnected()).isTrue();
      }
    }
  }

  @Test
  void sender_hearsOfEveryConnectionMadeAndLost() throws Exception {
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    ConnectionListener listener =
        new ConnectionListener() {
          @Override
          public void connected() {
            heard.add("connected");
          }

          @Override
          public void disconnected() {
            heard.add("disconnected");
          }
        };
    try (MessageSender sender = sender().listener(listener).open()) {
      sender.holdAfterDisconnect(true);
      for (int round = 0; round < 5; round++) {
        try (MessageReceiver receiver = receiver().open()) {
          assertThat(receiver.endpoint()).isEqualTo(endpoint());
          assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("connected");
          send(sender, round, round + 1);
          sender.resume();
          assertReceived(round, round + 1);
        }
        assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("disconnected");
        assertThat(sender.isConnected()).isFalse();
      }
      assertThat(heard).isEmpty();
      assertThat(sender.account()).isEqualTo(new Account(5, 5, 0, 0, 5));
    }
  }

  @Test
  void close_leavesNothingToTheNextThatBinds() throws Exception {
    byte[] large = new byte[8192];
    CompletableFuture<Account> closed;
    try (MessageSender sender = sender().capacity(10_000).open()) {
      try (ServerSocketChannel silent = silentPeer();
          SocketChannel greeted = greet(silent)) {
        assertThat(greeted.isConnected()).isTrue();
        for (int i = 0; i < 5_000; i++) sender.send(large);
        Wait.until("ZeroMQ is full", () -> sender.sent() >= MessageSender.HIGH_WATER_MARK / 2);
        closed = CompletableFuture.supplyAsync(() -> sender.close(Duration.ofSeconds(50)));
        Wait.until("the close has begun", () -> isClosed(sender));
        Files.delete(path());
      }
      try (MessageReceiver next = receiver().open()) {
        assertThat(next.endpoint()).isEqualTo(endpoint());
        assertThat(received.poll(500, TimeUnit.MILLISECONDS)).isNull();
        Account account = Wait.forThe(closed);
        assertThat(account.unsent()).isPositive();
        assertThat(account.disconnects()).isEqualTo(1);
      }
    }
  }

  private static boolean isClosed(MessageSender sender) {
    try {
      sender.sendNotice(new byte[1]);
      return false;
    } catch (ClosedException e) {
      return true;
    }
  }

  @Test
  void close_endsAtItsTimeoutWhenThePeerNeverReads() throws Exception {
    byte[] large = new byte[8192];
    try (ServerSocketChannel silent = silentPeer();
        MessageSender sender = sender().capacity(10_000).open();
        SocketChannel greeted = greet(silent)) {
      assertThat(greeted.isConnected()).isTrue();
      for (int i = 0; i < 5_000; i++) sender.send(large);
      long since = System.nanoTime();
      Account account = sender.close(Duration.ofMillis(700));
      assertThat(Duration.ofNanos(System.nanoTime() - since))
          .isBetween(Duration.ofMillis(690), Duration.ofMillis(2200));
      assertThat(account.produced()).isEqualTo(5_000);
      assertThat(account.sent() + account.unsent()).isEqualTo(5_000);
      assertThat(account.sent()).isLessThan(MessageSender.HIGH_WATER_MARK + 600);
    }
  }

  /** What ZeroMQ took fits into its queue, so only the relay can still be waited for. */
  @Test
  void close_waitsForWhatOnlyTheRelayHas() throws Exception {
    try (ServerSocketChannel silent = silentPeer();
        MessageSender sender = sender().open();
        SocketChannel greeted = greet(silent)) {
      assertThat(greeted.isConnected()).isTrue();
      for (int i = 0; i < 100; i++) sender.send(new byte[8192]);
      long since = System.nanoTime();
      assertThat(sender.close(Duration.ofMillis(500))).isEqualTo(new Account(100, 100, 0, 0, 0));
      assertThat(Duration.ofNanos(System.nanoTime() - since)).isGreaterThan(Duration.ofMillis(490));
    }
  }

  private ServerSocketChannel silentPeer() throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    return server.bind(UnixDomainSocketAddress.of(path()));
  }

  /** A PULL of ZMTP 3.0 that says what it must, and never reads again. */
  private static SocketChannel greet(ServerSocketChannel server) throws IOException {
    SocketChannel channel = server.accept();
    ByteBuffer greeting = ByteBuffer.allocate(64);
    greeting.put(ZMTP_SIGNATURE).put((byte) 3).put((byte) 0).put("NULL".getBytes(UTF_8));
    write(channel, greeting.rewind());
    ByteBuffer theirs = ByteBuffer.allocate(64);
    while (theirs.hasRemaining() && channel.read(theirs) >= 0) {}
    byte[] ready = "\5READY\13Socket-Type\0\0\0\4PULL".getBytes(UTF_8);
    write(
        channel,
        ByteBuffer.allocate(2 + ready.length)
            .put((byte) 4)
            .put((byte) ready.length)
            .put(ready)
            .flip());
    return channel;
  }

  private static void write(SocketChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) channel.write(bytes);
  }

  @Test
  void publisherAndSubscriber_workInEitherRole() throws Exception {
    for (boolean publisherBinds : new boolean[] {true, false}) {
      received.clear();
      try (Publisher publisher = Publisher.builder(far, endpoint()).bind(publisherBinds).open();
          Subscriber subscriber =
              Subscriber.builder(
                      near, endpoint(), frames -> received.add(new String(frames.get(1), UTF_8)))
                  .bind(!publisherBinds)
                  .topic("a")
                  .open()) {
        assertThat(publisher.endpoint()).isEqualTo(endpoint());
        Wait.until(
            "the subscription comes in",
            () -> {
              publisher.publish("a".getBytes(UTF_8), "body".getBytes(UTF_8));
              return !received.isEmpty();
            });
        assertThat(received).containsOnly("body");
        subscriber.close();
      }
    }
  }

  @Test
  void publisher_sendsWhatIsQueuedAtItsClose() throws Exception {
    try (Subscriber subscriber =
        Subscriber.builder(
                near, endpoint(), frames -> received.add(new String(frames.get(0), UTF_8)))
            .topic("")
            .open()) {
      Publisher publisher = Publisher.builder(far, endpoint()).open();
      Wait.until(
          "the subscription comes in",
          () -> {
            publisher.publish("x".getBytes(UTF_8));
            return !received.isEmpty();
          });
      for (int i = 0; i < 900; i++) publisher.publish(("" + i).getBytes(UTF_8));
      publisher.close();
      String text = received.poll(15, TimeUnit.SECONDS);
      while ("x".equals(text)) text = received.poll(15, TimeUnit.SECONDS);
      assertThat(text).isEqualTo("0");
      assertReceived(1, 900);
      subscriber.close();
    }
  }
}
