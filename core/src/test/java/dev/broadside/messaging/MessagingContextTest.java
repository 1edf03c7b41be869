package dev.broadside.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.zeromq.SocketType;

@Timeout(60)
class MessagingContextTest {
  private static final Path OPEN_FILES = Path.of("/proc/self/fd");

  private static final int CYCLES = 50; // what leaks, leaks as often

  /**
   * Once in ten thousand closes JeroMQ forgets a connection: its socket sees that the session has
   * ended, and is gone, before the session's thread has signalled so, which then fails half way.
   */
  private static final int STRAYS = 5;

  @TempDir private Path folder;

  @Test
  void close_waitsForTheFlushOfClosedSockets() throws Exception {
    MessagingContext context = MessagingContext.create("flush-test");
    try (BareSocket pull = BareSocket.bound(SocketType.PULL)) {
      MessageSender sender = MessageSender.builder(context, pull.endpoint()).capacity(5_000).open();
      for (int i = 0; i < 5_000; i++) sender.send(("" + i).getBytes(UTF_8));
      CompletableFuture<Account> closed =
          CompletableFuture.supplyAsync(
              () -> {
                Account account = sender.close(Duration.ofSeconds(10));
                context.close();
                return account;
              });
      assertThat(pull.next(5_000))
          .isEqualTo(IntStream.range(0, 5_000).mapToObj(Integer::toString).toList());
      assertThat(Wait.forThe(closed)).isEqualTo(new Account(5_000, 5_000, 0, 0, 0));
    }
  }

  @Test
  void close_doesNotWaitLongerThanTheCloseTimeoutForAPeerThatNeverReads() {
    MessagingContext context = MessagingContext.create("flush-test");
    try (BareSocket pull = BareSocket.narrowPull(0)) {
      MessageSender sender = MessageSender.builder(context, pull.endpoint()).capacity(5_000).open();
      byte[] large = new byte[4096];
      for (int i = 0; i < 600; i++) sender.send(large); // fits into ZeroMQ, not into the kernel
      long since = System.nanoTime();
      sender.close(Duration.ofSeconds(1));
      context.close();
      assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(Duration.ofSeconds(10));
    }
  }

  @Test
  void close_freesThePort() {
    Endpoint endpoint = Endpoint.parse("tcp://127.0.0.1:0");
    for (int i = 0; i < 20; i++) {
      try (MessagingContext context = MessagingContext.create("port-test");
          MessageReceiver receiver =
              MessageReceiver.builder(context, endpoint, frames -> {}).open()) {
        endpoint = receiver.endpoint(); // the next one binds the same
      }
    }
    assertThat(endpoint.port()).isPositive();
  }

  @Test
  void close_twiceIsAllowed() {
    MessagingContext context = MessagingContext.create("twice");
    context.close();
    context.close();
    Wait.until("no thread is left", () -> Threads.named("twice").isEmpty());
  }

  @Test
  void create_namesItsArgument() {
    assertThatNullPointerException()
        .isThrownBy(() -> MessagingContext.create(null))
        .withMessage("name");
  }

  @Test
  void create_namesTheThreadsAfterTheOwner() throws Exception {
    try (MessagingContext context = MessagingContext.create("owner");
        MessageSender sender = MessageSender.builder(context, Ports.nobodyAt()).open()) {
      assertThat(sender.isConnected()).isFalse();
      assertThat(Threads.named("owner-"))
          .hasSize(2)
          .allSatisfy(thread -> assertThat(thread.isDaemon()).isTrue());
    }
    Wait.until("they end", () -> Threads.named("owner-").isEmpty());
  }

  @Test
  void openAndClose_manyTimesLeavesNoThreadAndNoSocket() throws Exception {
    Assumptions.assumeTrue(Files.isDirectory(OPEN_FILES), "needs " + OPEN_FILES);
    openAndCloseAll(); // what is opened once and for all
    long before = openSockets();
    for (int i = 0; i < CYCLES; i++) openAndCloseAll();
    Wait.until(
        "hardly more sockets than before: " + before,
        () -> openSockets() <= before + STRAYS,
        () -> openSockets() + " are open");
    Wait.until("no thread is left", () -> Threads.named("cycle").isEmpty());
  }

  @Test
  void openAndClose_ofRelayedSocketsLeavesNoThreadAndNoSocket() throws Exception {
    Assumptions.assumeTrue(Files.isDirectory(OPEN_FILES), "needs " + OPEN_FILES);
    openAndCloseRelayed();
    long before = openSockets();
    for (int i = 0; i < CYCLES; i++) openAndCloseRelayed();
    Wait.until(
        "hardly more sockets than before: " + before,
        () -> openSockets() <= before + STRAYS,
        () -> openSockets() + " are open");
    Wait.until("no thread is left", () -> Threads.named("cycle").isEmpty());
    assertThat(folder).isEmptyDirectory();
  }

  private void openAndCloseRelayed() throws IOException {
    Endpoint endpoint = Endpoint.parse("ipc://" + folder.resolve("cycle.ipc"));
    Endpoint absent = Endpoint.parse("ipc://" + folder.resolve("nobody.ipc"));
    try (MessagingContext context = MessagingContext.create("cycle");
        MessageReceiver receiver =
            MessageReceiver.builder(context, endpoint, frames -> {}).name("cycle-1").open();
        MessageSender sender = MessageSender.builder(context, endpoint).name("cycle-2").open();
        MessageSender toNobody = MessageSender.builder(context, absent).name("cycle-3").open();
        MessageSender relayed =
            MessageSender.builder(context, Ports.nobodyAt()).relayed().name("cycle-4").open()) {
      sender.send("hello".getBytes(UTF_8));
      Wait.until("the connection stands", sender::isConnected);
      assertThat(toNobody.isConnected()).isFalse();
      assertThat(relayed.isConnected()).isFalse();
      assertThat(receiver.endpoint()).isEqualTo(endpoint);
    }
  }

  private static void openAndCloseAll() throws IOException {
    try (MessagingContext context = MessagingContext.create("cycle");
        MessageReceiver receiver =
            MessageReceiver.builder(context, Endpoint.parse("tcp://127.0.0.1:0"), frames -> {})
                .name("cycle-receiver")
                .open();
        MessageSender sender =
            MessageSender.builder(context, receiver.endpoint()).name("cycle-sender").open();
        MessageSender toNobody =
            MessageSender.builder(context, Ports.nobodyAt()).name("cycle-nobody").open();
        Publisher publisher =
            Publisher.builder(context, Endpoint.parse("tcp://127.0.0.1:0"))
                .name("cycle-publisher")
                .open();
        Subscriber subscriber =
            Subscriber.builder(context, publisher.endpoint(), frames -> {})
                .name("cycle-subscriber")
                .topic("")
                .open()) {
      sender.send("hello".getBytes(UTF_8));
      publisher.publish("hello".getBytes(UTF_8));
      assertThat(toNobody.isConnected()).isFalse();
      subscriber.close();
    }
  }

  /** Everything a selector or a socket may hold: sockets, pipes, epoll. */
  private static long openSockets() {
    long count = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(OPEN_FILES)) {
      for (Path file : files) if (isSocket(file)) count++;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return count;
  }

  private static boolean isSocket(Path file) {
    try {
      return !Files.readSymbolicLink(file).toString().startsWith("/");
    } catch (IOException e) {
      return false; // closed meanwhile
    }
  }
}
