package dev.broadside.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zeromq.SocketType;

/**
 * What the builders' {@code open()} says when a socket cannot be opened, and who hears of a
 * failure.
 */
@Timeout(60)
class SocketOpeningTest {
  private final MessagingContext context = MessagingContext.create("opening-test");

  @AfterEach
  void closeContext() {
    context.close();
  }

  private MessageReceiver.Builder receiver(Endpoint endpoint) {
    return MessageReceiver.builder(context, endpoint, frames -> {});
  }

  @Test
  void open_saysThatTheAddressIsInUse() {
    try (BareSocket other = BareSocket.bound(SocketType.PULL)) {
      assertThatExceptionOfType(MessagingException.class)
          .isThrownBy(() -> receiver(other.endpoint()).open())
          .withMessageStartingWith("cannot bind " + other.endpoint() + ": ")
          .withMessageContaining("the address is in use");
    }
  }

  @Test
  void open_doesNotBlameAUserOfAnAddressThatIsNotOurs() {
    Endpoint foreign = Endpoint.parse("tcp://192.0.2.1:0"); // TEST-NET-1
    assertThatExceptionOfType(MessagingException.class)
        .isThrownBy(() -> receiver(foreign).open())
        .withMessageStartingWith("cannot bind tcp://192.0.2.1:0: ")
        .withMessageNotContaining("in use; stop its user or");
  }

  @Test
  void open_saysThatTheHostIsUnknown() {
    Endpoint nowhere = Endpoint.parse("tcp://no-such-host.invalid:5000");
    assertThatExceptionOfType(MessagingException.class)
        .isThrownBy(() -> MessageSender.builder(context, nowhere).open())
        .withMessageStartingWith("cannot connect to tcp://no-such-host.invalid:5000: ")
        .withMessageContaining("host");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp://127.0.0.1:0", "tcp://*:5000"})
  void open_refusesToConnectToWhatIsForBindingOnly(String endpoint) {
    assertThatExceptionOfType(MessagingException.class)
        .isThrownBy(() -> MessageSender.builder(context, Endpoint.parse(endpoint)).open())
        .withMessageStartingWith("cannot connect to " + endpoint + ": ");
  }

  @Test
  void open_onAClosedContextSaysThatItIsClosed() throws Exception {
    Endpoint endpoint = Ports.nobodyAt();
    context.close();
    assertThatExceptionOfType(ClosedException.class)
        .isThrownBy(() -> MessageSender.builder(context, endpoint).open())
        .withMessage("this messaging context is closed");
    assertThatExceptionOfType(ClosedException.class)
        .isThrownBy(() -> Publisher.builder(context, endpoint).open())
        .withMessage("this messaging context is closed");
  }

  @Test
  void open_thatFailsLeavesNoThread() {
    try (BareSocket other = BareSocket.bound(SocketType.PULL)) {
      assertThatExceptionOfType(MessagingException.class)
          .isThrownBy(() -> receiver(other.endpoint()).name("loop-that-failed").open());
    }
    Wait.until("its thread ends", () -> Threads.named("loop-that-failed").isEmpty());
  }

  @Test
  void open_thatFailsIsNoFailureOfTheLoop() {
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    try (BareSocket other = BareSocket.bound(SocketType.PULL)) {
      assertThatExceptionOfType(MessagingException.class)
          .isThrownBy(
              () ->
                  receiver(other.endpoint())
                      .name("loop-that-failed")
                      .onFailure(failure::complete)
                      .open());
    }
    Wait.until("its thread ends", () -> Threads.named("loop-that-failed").isEmpty());
    assertThat(failure).isNotDone();
  }

  @Test
  void open_namesTheThread() {
    try (MessageReceiver receiver =
        receiver(Endpoint.parse("tcp://127.0.0.1:0")).name("results-of-navigation").open()) {
      assertThat(receiver.endpoint().port()).isPositive();
      assertThat(Threads.named("results-of-navigation"))
          .hasSize(1)
          .allSatisfy(thread -> assertThat(thread.isDaemon()).isTrue());
    }
    Wait.until("it ends", () -> Threads.named("results-of-navigation").isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"tcp://127.0.0.1:0", "tcp://127.0.0.1:*", "tcp://*:0", "tcp://localhost:0"})
  void endpoint_hasThePortThatTheSystemPicked(String text) {
    CompletableFuture<String> received = new CompletableFuture<>();
    try (MessageReceiver receiver =
        MessageReceiver.builder(
                context,
                Endpoint.parse(text),
                frames -> received.complete(new String(frames.get(0), UTF_8)))
            .open()) {
      assertThat(receiver.endpoint().port()).isPositive();
      Endpoint reachable = Endpoint.tcp("127.0.0.1", receiver.endpoint().port());
      try (BareSocket push = BareSocket.connected(SocketType.PUSH, reachable)) {
        push.send("hello");
        assertThat(received.orTimeout(10, TimeUnit.SECONDS).join()).isEqualTo("hello");
      }
    }
  }

  @Test
  void endpoint_ofIpv6IsReadable() {
    CompletableFuture<String> received = new CompletableFuture<>();
    try (MessageReceiver receiver =
            MessageReceiver.builder(
                    context,
                    Endpoint.parse("tcp://[::1]:0"),
                    frames -> received.complete(new String(frames.get(0), UTF_8)))
                .open();
        MessageSender sender = MessageSender.builder(context, receiver.endpoint()).open()) {
      assertThat(receiver.endpoint().host()).startsWith("[").endsWith("]");
      assertThat(receiver.endpoint().port()).isPositive();
      sender.send("hello".getBytes(UTF_8));
      assertThat(received.orTimeout(10, TimeUnit.SECONDS).join()).isEqualTo("hello");
    }
  }
}
