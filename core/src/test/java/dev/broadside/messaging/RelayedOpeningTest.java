package dev.broadside.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zeromq.SocketType;

/** Where relayed sockets can be opened, and what they say where they cannot. */
@Timeout(60)
class RelayedOpeningTest {
  @TempDir private Path folder;
  private final MessagingContext context = MessagingContext.create("relayed-opening-test");

  @AfterEach
  void closeContext() {
    context.close();
  }

  private MessageSender.Builder sender(String endpoint) {
    return MessageSender.builder(context, Endpoint.parse(endpoint)).relayed();
  }

  private MessageReceiver.Builder receiver(Endpoint endpoint) {
    return MessageReceiver.builder(context, endpoint, frames -> {});
  }

  @ParameterizedTest
  @CsvSource({"tcp://*:0, 127.0.0.1", "tcp://127.0.0.1:0, localhost", "tcp://[::1]:0, [::1]"})
  void sender_findsEveryKindOfHost(String bound, String host) {
    CompletableFuture<String> received = new CompletableFuture<>();
    try (MessageReceiver receiver =
            MessageReceiver.builder(
                    context,
                    Endpoint.parse(bound),
                    frames -> received.complete(new String(frames.get(0), UTF_8)))
                .open();
        MessageSender sender = sender("tcp://" + host + ":" + receiver.endpoint().port()).open()) {
      sender.send("hello".getBytes(UTF_8));
      assertThat(received.orTimeout(10, TimeUnit.SECONDS).join()).isEqualTo("hello");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tcp://no-such-host.invalid:5000 | the host is not known",
        "tcp://127.0.0.1:0 | port 0 and host * are for binding only",
        "tcp://*:5000 | port 0 and host * are for binding only",
        "ipc://@abstract | the JDK has Unix sockets with a path only, not @abstract",
      })
  void sender_saysAtOnceWhatCanNeverBe(String endpoint, String words) {
    assertThatExceptionOfType(MessagingException.class)
        .isThrownBy(() -> sender(endpoint).name("loop-that-failed").open())
        .withMessage("cannot connect to " + endpoint + ": " + words);
    Wait.until("its thread ends", () -> Threads.named("loop-that-failed").isEmpty());
  }

  @Test
  void sender_doesNotMindAFolderThatIsAbsent() {
    try (MessageSender sender = sender("ipc://" + folder.resolve("no/such.ipc")).open()) {
      assertThat(sender.isConnected()).isFalse();
    }
  }

  @Test
  void receiver_saysWhyItCannotBind() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "precious");
    Endpoint endpoint = Endpoint.parse("ipc://" + file);
    assertThatExceptionOfType(MessagingException.class)
        .isThrownBy(() -> receiver(endpoint).open())
        .withMessage(
            "cannot bind %s: there is a file of that name, and it is not a socket", endpoint);
    assertThat(file).hasContent("precious");
    Endpoint nowhere = Endpoint.parse("ipc://" + folder.resolve("no/such.ipc"));
    assertThatExceptionOfType(MessagingException.class)
        .isThrownBy(() -> receiver(nowhere).open())
        .withMessage("cannot bind %s: there is no folder %s", nowhere, folder.resolve("no"));
  }

  @Test
  void open_onAClosedContextSaysThatItIsClosed() {
    context.close();
    assertThatExceptionOfType(ClosedException.class)
        .isThrownBy(() -> sender("ipc://" + folder.resolve("x.ipc")).open())
        .withMessage("this messaging context is closed");
  }

  /** A peer that accepts and leaves again is dialed again, not in a storm. */
  @Test
  void sender_dialsAPeerThatKeepsLeaving() throws Exception {
    try (ServerSocket rude = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      rude.setSoTimeout((int) Wait.BOUND.toMillis());
      String endpoint = "tcp://127.0.0.1:" + rude.getLocalPort();
      try (MessageSender sender = sender(endpoint).open()) {
        long since = System.nanoTime();
        for (int i = 0; i < 8; i++) rude.accept().close();
        assertThat(System.nanoTime() - since).isGreaterThan(300_000_000); // 10, 20, 40, 80, 100 ms…
        assertThat(sender.isConnected()).isFalse();
        assertThat(sender.account().disconnects()).isZero();
        rude.close();
        try (BareSocket pull = BareSocket.bound(SocketType.PULL, rude.getLocalPort())) {
          sender.send("hello".getBytes(UTF_8));
          assertThat(pull.next()).isEqualTo("hello");
        }
      }
    }
  }
}
