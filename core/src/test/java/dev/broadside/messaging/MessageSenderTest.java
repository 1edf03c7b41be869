package dev.broadside.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.zeromq.SocketType;

@Timeout(60)
class MessageSenderTest {
  private final MessagingContext context = MessagingContext.create("sender-test");

  @AfterEach
  void closeContext() {
    context.close();
  }

  private MessageSender.Builder toNobody() throws IOException {
    return MessageSender.builder(context, Ports.nobodyAt()).closeTimeout(Duration.ZERO);
  }

  private static byte[] bytes(Object text) {
    return text.toString().getBytes(UTF_8);
  }

  private static List<String> numbers(int count) {
    return IntStream.range(0, count).mapToObj(Integer::toString).toList();
  }

  private static void assertCloses(Account account) {
    assertThat(account.sent() + account.dropped() + account.unsent())
        .as("%s", account)
        .isEqualTo(account.produced());
  }

  @Test
  void send_keepsTheOrderOf100000() {
    try (BareSocket pull = BareSocket.bound(SocketType.PULL);
        MessageSender sender = MessageSender.builder(context, pull.endpoint()).open()) {
      Wait.daemon(
          "producer",
          () -> {
            for (int i = 0; i < 100_000; i++) sender.send(bytes(i));
          });
      assertThat(pull.next(100_000)).isEqualTo(numbers(100_000));
      assertThat(sender.close(Duration.ofSeconds(5)))
          .isEqualTo(new Account(100_000, 100_000, 0, 0, 0));
    }
  }

  @Test
  void send_keepsTheOrderOfEachOf8Threads() {
    try (BareSocket pull = BareSocket.bound(SocketType.PULL);
        MessageSender sender = MessageSender.builder(context, pull.endpoint()).open()) {
      for (int t = 0; t < 8; t++) {
        String thread = t + " ";
        Wait.daemon(
            "producer-" + t,
            () -> {
              for (int i = 0; i < 5_000; i++) sender.send(bytes(thread + i));
            });
      }
      List<String> all = pull.next(40_000);
      for (int t = 0; t < 8; t++) {
        String thread = t + " ";
        assertThat(all.stream().filter(m -> m.startsWith(thread)).map(m -> m.substring(2)))
            .isEqualTo(numbers(5_000));
      }
    }
  }

  @Test
  void send_ofOneMessageLeavesByItself() {
    try (BareSocket pull = BareSocket.bound(SocketType.PULL);
        MessageSender sender = MessageSender.builder(context, pull.endpoint()).open()) {
      for (int i = 0; i < 100; i++) {
        sender.send(bytes(i));
        assertThat(pull.next()).isEqualTo("" + i);
      }
    }
  }

  @Test
  void send_wakesAnIdleSender() {
    try (BareSocket pull = BareSocket.bound(SocketType.PULL);
        MessageSender sender = MessageSender.builder(context, pull.endpoint()).open()) {
      for (int i = 0; i < 3; i++) {
        assertThat(pull.within(200)).isNull(); // idle for so long
        sender.send(bytes(i));
        assertThat(pull.next()).isEqualTo("" + i);
      }
    }
  }

  @Test
  void send_callsTheEncoderInTheOrderOfSending() throws Exception {
    int[] count = {0}; // guarded by the queue's lock alone
    try (BareSocket pull = BareSocket.bound(SocketType.PULL);
        MessageSender sender = MessageSender.builder(context, pull.endpoint()).open()) {
      for (int t = 0; t < 4; t++) {
        Wait.daemon(
            "producer-" + t,
            () -> {
              for (int i = 0; i < 5_000; i++) sender.send("n", letter -> bytes(count[0]++));
            });
      }
      assertThat(pull.next(20_000)).isEqualTo(numbers(20_000));
    }
  }

  @Test
  void send_withAnEncoderThatThrowsCostsThatMessageOnly() {
    try (BareSocket pull = BareSocket.bound(SocketType.PULL);
        MessageSender sender = MessageSender.builder(context, pull.endpoint()).open()) {
      sender.send("before", MessageSenderTest::bytes);
      assertThatThrownBy(
              () ->
                  sender.send(
                      "bad",
                      message -> {
                        throw new IllegalArgumentException("cannot encode " + message);
                      }))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("cannot encode bad");
      sender.send("after", MessageSenderTest::bytes);
      assertThat(pull.next(2)).containsExactly("before", "after");
      assertThat(sender.close(Duration.ofSeconds(5))).isEqualTo(new Account(2, 2, 0, 0, 0));
    }
  }

  @Test
  void send_withAnEncoderThatReturnsNullCostsThatMessageOnly() {
    try (BareSocket pull = BareSocket.bound(SocketType.PULL);
        MessageSender sender = MessageSender.builder(context, pull.endpoint()).open()) {
      sender.send("before", MessageSenderTest::bytes);
      assertThatNullPointerException().isThrownBy(() -> sender.send("bad", message -> null));
      sender.send("after", MessageSenderTest::bytes);
      assertThat(pull.next(2)).containsExactly("before", "after");
      assertThat(sender.close(Duration.ofSeconds(5))).isEqualTo(new Account(2, 2, 0, 0, 0));
    }
  }

  @Test
  void send_namesItsNullArguments() throws Exception {
    try (MessageSender sender = toNobody().open()) {
      assertThatNullPointerException().isThrownBy(() -> sender.send(null)).withMessage("message");
      assertThatNullPointerException()
          .isThrownBy(() -> sender.sendNotice(null))
          .withMessage("message");
      assertThatNullPointerException()
          .isThrownBy(() -> sender.closeAfter(null, Duration.ZERO))
          .withMessage("lastNotice");
      sender.send(bytes("still open"));
    }
  }

  @Test
  void builder_checksItsValues() throws Exception {
    MessageSender.Builder builder = MessageSender.builder(context, Ports.nobodyAt());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.capacity(0))
        .withMessage("capacity < 1: 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.closeTimeout(Duration.ofSeconds(-1)))
        .withMessageEndingWith("imeout < 0: PT-1S");
    assertThatNullPointerException()
        .isThrownBy(() -> builder.overflowPolicy(null))
        .withMessage("overflowPolicy");
    assertThatNullPointerException()
        .isThrownBy(() -> MessageSender.builder(null, Ports.nobodyAt()))
        .withMessage("context");
    assertThatNullPointerException()
        .isThrownBy(() -> MessageSender.builder(context, null))
        .withMessage("endpoint");
  }

  @Test
  void send_underBlockWaitsForAnAbsentPeerUntilReleased() throws Exception {
    AtomicInteger accepted = new AtomicInteger();
    try (MessageSender sender = toNobody().capacity(10).open()) {
      Thread producer =
          Wait.daemon(
              "producer",
              () -> {
                for (int i = 0; i < 1_000; i++)
                  if (sender.send(bytes(i))) accepted.incrementAndGet();
              });
      Wait.until("10 messages queued", () -> sender.waiting() >= 10);
      Wait.untilBlocked(producer);
      assertThat(accepted.get()).isBetween(10, 20); // the queue, and the batch in the loop's hands
      assertThat(sender.sent()).isZero();

      sender.release();
      Wait.forTheEndOf(producer);
      assertThat(accepted.get()).isEqualTo(1_000);
      assertThat(sender.waiting()).isEqualTo(1_000);
      assertThat(sender.heldBack()).isPositive();
      assertThat(sender.close(Duration.ofMillis(50))).isEqualTo(new Account(1_000, 0, 0, 1_000, 0));
    }
  }

  @Test
  void send_underBlockWaitsForAPeerThatDoesNotRead() throws Exception {
    byte[] large = new byte[4096];
    try (BareSocket pull = BareSocket.narrowPull(0);
        MessageSender sender =
            MessageSender.builder(context, pull.endpoint()).capacity(100).open()) {
      Thread producer =
          Wait.daemon(
              "producer",
              () -> {
                for (int i = 0; i < 5_000; i++) sender.send(large);
              });
      Wait.until("ZeroMQ is full", () -> sender.sent() >= MessageSender.HIGH_WATER_MARK / 2);
      Wait.untilBlocked(producer);
      // what ZeroMQ and the kernel took out of our sight
      assertThat(sender.sent()).isLessThan(MessageSender.HIGH_WATER_MARK + 300);

      pull.next(5_000);
      Wait.forTheEndOf(producer);
      assertThat(sender.heldBack()).isPositive();
      assertThat(sender.close(Duration.ofSeconds(5))).isEqualTo(new Account(5_000, 5_000, 0, 0, 0));
    }
  }

  @Test
  void release_bringsEveryWaitingThreadBackAndDropsNothing() throws Exception {
    AtomicInteger accepted = new AtomicInteger();
    try (MessageSender sender = toNobody().capacity(1).open()) {
      List<Thread> producers = new ArrayList<>();
      for (int t = 0; t < 20; t++) {
        producers.add(
            Wait.daemon(
                "producer-" + t,
                () -> {
                  for (int i = 0; i < 3; i++) if (sender.send(bytes(i))) accepted.incrementAndGet();
                }));
      }
      producers.forEach(Wait::untilBlocked);
      sender.release();
      for (Thread producer : producers) Wait.forTheEndOf(producer);
      assertThat(accepted.get()).isEqualTo(60);
      assertThat(sender.waiting()).isEqualTo(60);
    }
  }

  @Test
  void heldBack_addsUpOverThreads() throws Exception {
    try (MessageSender sender = toNobody().capacity(1).open()) {
      List<Thread> producers = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        producers.add(
            Wait.daemon(
                "producer-" + t,
                () -> {
                  for (int i = 0; i < 3; i++) sender.send(bytes(i));
                }));
      }
      producers.forEach(Wait::untilBlocked);
      long since = System.nanoTime();
      long atLeast = Duration.ofMillis(50).toNanos();
      Wait.until("50 ms are over", () -> System.nanoTime() - since > atLeast);
      sender.release();
      for (Thread producer : producers) Wait.forTheEndOf(producer);
      assertThat(sender.heldBack()).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }
  }

  @Test
  void heldBack_isZeroWhileThereIsRoom() throws Exception {
    try (MessageSender sender = toNobody().capacity(100).open()) {
      for (int i = 0; i < 100; i++) sender.send(bytes(i));
      assertThat(sender.heldBack()).isZero();
    }
  }

  @Test
  void send_underDropRefusesWhatFindsTheQueueFull() throws Exception {
    try (MessageSender sender =
        toNobody().capacity(10).overflowPolicy(OverflowPolicy.DROP).open()) {
      int accepted = 0;
      for (int i = 0; i < 1_000; i++) if (sender.send(bytes(i))) accepted++;
      assertThat(accepted).isBetween(10, 20);
      assertThat(sender.account().produced()).isEqualTo(1_000);
      assertThat(sender.account().dropped()).isEqualTo(1_000 - accepted);
      assertThat(sender.heldBack()).isZero();
      assertThat(sender.close(Duration.ofMillis(50)))
          .isEqualTo(new Account(1_000, 0, 1_000 - accepted, accepted, 0));
    }
  }

  @Test
  void send_underDropDeliversAllThatItAccepted() {
    List<String> accepted = new ArrayList<>();
    try (BareSocket pull = BareSocket.bound(SocketType.PULL);
        MessageSender sender =
            MessageSender.builder(context, pull.endpoint())
                .capacity(300)
                .overflowPolicy(OverflowPolicy.DROP)
                .open()) {
      for (int i = 0; i < 50_000; i++) if (sender.send(bytes(i))) accepted.add("" + i);
      assertThat(pull.next(accepted.size())).isEqualTo(accepted);
      Account account = sender.close(Duration.ofSeconds(5));
      assertThat(account.sent()).isEqualTo(accepted.size());
      assertThat(account.unsent()).isZero();
      assertCloses(account);
    }
  }

  @Test
  void sendNotice_keepsItsPlaceAndStandsOutsideOfTheAccount() {
    List<String> expected = new ArrayList<>();
    try (BareSocket pull = BareSocket.bound(SocketType.PULL);
        MessageSender sender = MessageSender.builder(context, pull.endpoint()).open()) {
      for (int i = 0; i < 3_000; i++) {
        expected.add("" + i);
        sender.send(bytes(i));
        if (i % 300 == 7) {
          expected.add("notice " + i);
          sender.sendNotice(bytes("notice " + i));
        }
      }
      assertThat(pull.next(expected.size())).isEqualTo(expected);
      Wait.until("no notice waits", () -> sender.noticesWaiting() == 0);
      assertThat(sender.close(Duration.ofSeconds(5))).isEqualTo(new Account(3_000, 3_000, 0, 0, 0));
    }
  }

  @Test
  void sendNotice_neverWaitsForRoom() throws Exception {
    try (MessageSender sender = toNobody().capacity(1).overflowPolicy(OverflowPolicy.DROP).open()) {
      Wait.until("a full queue", () -> !sender.send(bytes("x")));
      for (int i = 0; i < 3; i++) sender.sendNotice(bytes("notice"));
      assertThat(sender.noticesWaiting()).isEqualTo(3);
      assertCloses(sender.close(Duration.ZERO));
      assertThat(sender.noticesWaiting()).isZero();
    }
  }

  @Test
  void noticesWaiting_fallsWhenThePeerComes() throws Exception {
    Endpoint endpoint = Ports.nobodyAt();
    try (MessageSender sender = MessageSender.builder(context, endpoint).open()) {
      sender.sendNotice(bytes("ready"));
      assertThat(sender.noticesWaiting()).isEqualTo(1);
      try (BareSocket pull = BareSocket.bound(SocketType.PULL, endpoint.port())) {
        assertThat(pull.next()).isEqualTo("ready");
        Wait.until("no notice waits", () -> sender.noticesWaiting() == 0);
        assertThat(sender.account()).isEqualTo(Account.EMPTY);
      }
    }
  }

  @Test
  void account_plusAddsEachColumn() {
    assertThat(new Account(1, 2, 3, 4, 5).plus(new Account(10, 20, 30, 40, 50)))
        .isEqualTo(new Account(11, 22, 33, 44, 55));
    assertThat(Account.EMPTY.plus(Account.EMPTY)).isEqualTo(Account.EMPTY);
  }
}
