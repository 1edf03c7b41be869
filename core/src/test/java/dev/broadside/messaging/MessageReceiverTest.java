package dev.broadside.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.zeromq.SocketType;

@Timeout(60)
class MessageReceiverTest {
  private static final Endpoint ANY_PORT = Endpoint.parse("tcp://127.0.0.1:0");

  private final MessagingContext context = MessagingContext.create("receiver-test");
  private final BlockingQueue<List<String>> received = new LinkedBlockingQueue<>();

  @AfterEach
  void closeContext() {
    context.close();
  }

  private MessageReceiver.Builder receiver(MessageHandler handler) {
    return MessageReceiver.builder(context, ANY_PORT, handler);
  }

  private void keep(List<byte[]> frames) {
    received.add(frames.stream().map(frame -> new String(frame, UTF_8)).toList());
  }

  private @Nullable List<String> next() throws InterruptedException {
    return received.poll(10, TimeUnit.SECONDS);
  }

  private static BareSocket push(MessageReceiver receiver) {
    return BareSocket.connected(SocketType.PUSH, receiver.endpoint());
  }

  @Test
  void handler_getsEveryMessageInOrder() throws Exception {
    try (MessageReceiver receiver = receiver(this::keep).open();
        BareSocket push = push(receiver)) {
      for (int i = 0; i < 20_000; i++) push.send("" + i);
      for (int i = 0; i < 20_000; i++) assertThat(next()).containsExactly("" + i);
    }
  }

  @Test
  void handler_getsAllFramesOfAMessage() throws Exception {
    try (MessageReceiver receiver = receiver(this::keep).open();
        BareSocket push = push(receiver)) {
      push.send("one");
      push.send("topic", "body");
      push.send("", "", "");
      push.send("");
      assertThat(next()).containsExactly("one");
      assertThat(next()).containsExactly("topic", "body");
      assertThat(next()).containsExactly("", "", "");
      assertThat(next()).containsExactly("");
    }
  }

  @Test
  void handler_ownsTheListOfFrames() throws Exception {
    CompletableFuture<Integer> size = new CompletableFuture<>();
    try (MessageReceiver receiver =
            receiver(frames -> size.complete(List.copyOf(frames).size())).open();
        BareSocket push = push(receiver)) {
      push.send("topic", "body");
      assertThat(Wait.forThe(size)).isEqualTo(2);
    }
  }

  @Test
  void handler_hearsSeveralPeers() throws Exception {
    try (MessageReceiver receiver = receiver(this::keep).open();
        BareSocket one = push(receiver);
        BareSocket two = push(receiver)) {
      one.send("from one");
      two.send("from two");
      assertThat(List.of(next(), next()))
          .containsExactlyInAnyOrder(List.of("from one"), List.of("from two"));
    }
  }

  private void explode(List<byte[]> frames, Throwable failure) {
    if (new String(frames.get(0), UTF_8).equals("bad")) MessageReceiverTest.sneak(failure);
    keep(frames);
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void sneak(Throwable failure) throws T {
    throw (T) failure;
  }

  @Test
  void handler_thatThrowsAnExceptionCostsThatMessageOnly() throws Exception {
    assertCostsThatMessageOnly(new IllegalStateException("a handler that fails"));
  }

  @Test
  void handler_thatThrowsAnErrorCostsThatMessageOnly() throws Exception {
    assertCostsThatMessageOnly(new StackOverflowError("a handler that fails"));
    assertCostsThatMessageOnly(new AssertionError("a handler that fails"));
  }

  private void assertCostsThatMessageOnly(Throwable failure) throws Exception {
    try (MessageReceiver receiver = receiver(frames -> explode(frames, failure)).open();
        BareSocket push = push(receiver)) {
      push.send("before");
      push.send("bad", "with a second frame");
      push.send("after");
      assertThat(next()).containsExactly("before");
      assertThat(next()).containsExactly("after");
    }
  }

  @Test
  void onTick_isCalledWhileNothingComes() throws Exception {
    AtomicInteger ticks = new AtomicInteger();
    try (MessageReceiver receiver = receiver(this::keep).onTick(ticks::incrementAndGet).open()) {
      Wait.until("20 ticks of " + receiver.endpoint(), () -> ticks.get() >= 20);
    }
  }

  @Test
  void onTick_comesAboutEach10Millis() throws Exception {
    AtomicInteger ticks = new AtomicInteger();
    long since = System.nanoTime();
    try (MessageReceiver receiver = receiver(this::keep).onTick(ticks::incrementAndGet).open()) {
      Wait.until("20 ticks of " + receiver.endpoint(), () -> ticks.get() >= 20);
    }
    long elapsed = System.nanoTime() - since;
    assertThat(ticks.get()).isLessThanOrEqualTo((int) (elapsed / 10_000_000) + 1);
  }

  @Test
  void onTick_isCalledUnderFlood() throws Exception {
    AtomicInteger ticks = new AtomicInteger();
    AtomicInteger messages = new AtomicInteger();
    CompletableFuture<@Nullable Void> enough = new CompletableFuture<>();
    try (MessageReceiver receiver =
        receiver(frames -> messages.incrementAndGet()).onTick(ticks::incrementAndGet).open()) {
      Thread flood =
          Wait.daemon(
              "flood",
              () -> {
                try (BareSocket push = push(receiver)) {
                  while (!enough.isDone()) push.send("x");
                }
              });
      Wait.until("the flood comes", () -> messages.get() > 1_000);
      int before = ticks.get();
      Wait.until("20 ticks under flood", () -> ticks.get() >= before + 20);
      enough.complete(null);
      Wait.forTheEndOf(flood);
    }
  }

  @Test
  void onTick_thatThrowsIsCalledAgain() throws Exception {
    AtomicInteger ticks = new AtomicInteger();
    Runnable bad =
        () -> {
          if (ticks.incrementAndGet() == 1) throw new IllegalStateException("a tick that fails");
          if (ticks.get() == 2) throw new AssertionError("a tick that fails");
        };
    try (MessageReceiver receiver = receiver(this::keep).onTick(bad).open();
        BareSocket push = push(receiver)) {
      Wait.until("more ticks", () -> ticks.get() >= 4);
      push.send("after");
      assertThat(next()).containsExactly("after");
    }
  }

  @Test
  void close_waitsForTheHandlersLastCall() throws Exception {
    CompletableFuture<@Nullable Void> entered = new CompletableFuture<>();
    CompletableFuture<@Nullable Void> leave = new CompletableFuture<>();
    MessageReceiver receiver =
        receiver(
                frames -> {
                  entered.complete(null);
                  leave.join();
                })
            .open();
    try (BareSocket push = push(receiver)) {
      push.send("slow");
      Wait.forThe(entered);
      Thread closer = Wait.daemon("closer", receiver::close);
      Wait.until(
          "close waits",
          () ->
              closer.getState() == Thread.State.TIMED_WAITING
                  || closer.getState() == Thread.State.WAITING);
      leave.complete(null);
      Wait.forTheEndOf(closer);
    }
  }

  @Test
  void close_endsTheCalls() throws Exception {
    AtomicInteger messages = new AtomicInteger();
    MessageReceiver receiver = receiver(frames -> messages.incrementAndGet()).open();
    try (BareSocket push = push(receiver)) {
      push.send("x");
      Wait.until("it arrives", () -> messages.get() == 1);
      receiver.close();
      receiver.close();
      assertThat(Threads.named("pull-" + receiver.endpoint())).isEmpty();
    }
  }

  @Test
  void close_fromTheHandlerDoesNotWaitForItself() throws Exception {
    AtomicReference<MessageReceiver> self = new AtomicReference<>();
    CompletableFuture<Duration> took = new CompletableFuture<>();
    MessageReceiver receiver =
        receiver(
                frames -> {
                  long since = System.nanoTime();
                  self.get().close();
                  took.complete(Duration.ofNanos(System.nanoTime() - since));
                })
            .name("closes-itself")
            .open();
    self.set(receiver);
    try (BareSocket push = push(receiver)) {
      push.send("x");
      assertThat(Wait.forThe(took)).isLessThan(Duration.ofSeconds(1));
      Wait.until("its thread ends", () -> Threads.named("closes-itself").isEmpty());
    }
  }

  @Test
  void slowHandler_holdsTheSenderBack() throws Exception {
    CompletableFuture<@Nullable Void> go = new CompletableFuture<>();
    byte[] large = new byte[4096];
    AtomicInteger messages = new AtomicInteger();
    try (MessageReceiver receiver =
            receiver(
                    frames -> {
                      go.join();
                      messages.incrementAndGet();
                    })
                .highWaterMark(10)
                .open();
        MessageSender sender =
            MessageSender.builder(context, receiver.endpoint()).capacity(10).open()) {
      Thread producer =
          Wait.daemon("producer", () -> IntStream.range(0, 5_000).forEach(i -> sender.send(large)));
      Wait.until("ZeroMQ is full", () -> sender.sent() >= MessageSender.HIGH_WATER_MARK);
      Wait.untilBlocked(producer);
      go.complete(null);
      Wait.until("all arrive", () -> messages.get() == 5_000, messages::get);
      Wait.forTheEndOf(producer);
    }
  }

  @Test
  void connect_receivesFromAPushThatBinds() throws Exception {
    try (BareSocket push = BareSocket.bound(SocketType.PUSH);
        MessageReceiver receiver =
            MessageReceiver.builder(context, push.endpoint(), this::keep).bind(false).open()) {
      Wait.until(
          "it receives", // what went into a connection that stalls (2.4) is lost: send again
          () -> {
            push.send("hello");
            return !received.isEmpty();
          });
      assertThat(next()).containsExactly("hello");
      assertThat(receiver.endpoint()).isEqualTo(push.endpoint());
    }
  }

  @Test
  void builder_checksItsValues() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> receiver(this::keep).highWaterMark(0))
        .withMessage("highWaterMark < 1: 0");
    assertThatNullPointerException().isThrownBy(() -> receiver(null)).withMessage("handler");
    assertThatNullPointerException()
        .isThrownBy(() -> receiver(this::keep).onTick(null))
        .withMessage("onTick");
    assertThatNullPointerException()
        .isThrownBy(() -> receiver(this::keep).listener(null))
        .withMessage("listener");
    assertThatNullPointerException()
        .isThrownBy(() -> receiver(this::keep).name(null))
        .withMessage("name");
  }
}
