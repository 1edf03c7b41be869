package dev.broadside.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zeromq.SocketType;

/** The account closes, within the timeout, whatever the far side does. */
@Timeout(60)
class MessageSenderCloseTest {
  /** How much longer than its timeout a close may take, on a busy machine. */
  private static final Duration SLACK = Duration.ofMillis(1500);

  final MessagingContext context = MessagingContext.create("close-test");

  @AfterEach
  void closeContext() {
    context.close();
  }

  MessageSender.Builder to(Endpoint endpoint) {
    return MessageSender.builder(context, endpoint).closeTimeout(Duration.ZERO);
  }

  private static byte[] bytes(Object text) {
    return text.toString().getBytes(UTF_8);
  }

  private static void send(MessageSender sender, int messages) {
    for (int i = 0; i < messages; i++) sender.send(bytes(i));
  }

  private static List<String> numbers(int count) {
    return IntStream.range(0, count).mapToObj(Integer::toString).toList();
  }

  private static Account closeInTime(MessageSender sender, Duration timeout) {
    long since = System.nanoTime();
    Account account = sender.close(timeout);
    assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(timeout.plus(SLACK));
    assertCloses(account);
    return account;
  }

  private static void assertCloses(Account account) {
    assertThat(account.sent() + account.dropped() + account.unsent())
        .as("%s", account)
        .isEqualTo(account.produced());
  }

  @Test
  void close_sendsWhatIsQueued() {
    try (BareSocket pull = BareSocket.bound(SocketType.PULL);
        MessageSender sender = to(pull.endpoint()).capacity(20_000).open()) {
      send(sender, 10_000);
      CompletableFuture<Account> closed =
          CompletableFuture.supplyAsync(() -> closeInTime(sender, Duration.ofSeconds(10)));
      assertThat(pull.next(10_000)).isEqualTo(numbers(10_000));
      assertThat(closed.join()).isEqualTo(new Account(10_000, 10_000, 0, 0, 0));
      assertThat(sender.account()).isEqualTo(closed.join());
      assertThat(sender.waiting()).isZero();
    }
  }

  @Test
  void close_waitsForAPeerThatComesLate() throws Exception {
    Endpoint endpoint = Ports.nobodyAt();
    try (MessageSender sender = to(endpoint).open()) {
      send(sender, 1_000);
      CompletableFuture<Account> closed =
          CompletableFuture.supplyAsync(() -> sender.close(Duration.ofSeconds(20)));
      try (BareSocket pull = BareSocket.bound(SocketType.PULL, endpoint.port())) {
        assertThat(pull.next(1_000)).isEqualTo(numbers(1_000));
        assertThat(Wait.forThe(closed)).isEqualTo(new Account(1_000, 1_000, 0, 0, 0));
      }
    }
  }

  @Test
  void close_ofAnUnusedSenderIsQuickAndEmpty() throws Exception {
    try (MessageSender sender = to(Ports.nobodyAt()).open()) {
      assertThat(closeInTime(sender, Duration.ZERO)).isEqualTo(Account.EMPTY);
    }
  }

  @Test
  void close_withNothingQueuedDoesNotWaitForItsTimeout() throws Exception {
    try (MessageSender sender = to(Ports.nobodyAt()).open()) {
      long since = System.nanoTime();
      sender.close(Duration.ofSeconds(30));
      assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(SLACK);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 300})
  void close_countsWhatAnAbsentPeerDidNotGet(int timeoutMillis) throws Exception {
    try (MessageSender sender = to(Ports.nobodyAt()).open()) {
      send(sender, 1_000);
      assertThat(closeInTime(sender, Duration.ofMillis(timeoutMillis)))
          .isEqualTo(new Account(1_000, 0, 0, 1_000, 0));
    }
  }

  @Test
  void close_countsWhatCameAfterThePeersDeath() throws Exception {
    try (BareSocket pull = BareSocket.bound(SocketType.PULL);
        MessageSender sender = to(pull.endpoint()).open()) {
      send(sender, 10);
      pull.next(10);
      pull.close();
      Wait.until("the connection breaks", () -> !sender.isConnected());
      send(sender, 100);
      assertThat(closeInTime(sender, Duration.ofMillis(300)))
          .isEqualTo(new Account(110, 10, 0, 100, 1));
    }
  }

  @Test
  void close_countsWhatAPeerThatNeverReadsDidNotGet() {
    try (BareSocket pull = BareSocket.narrowPull(0);
        MessageSender sender = to(pull.endpoint()).capacity(100_000).open()) {
      byte[] large = new byte[1024];
      for (int i = 0; i < 20_000; i++) sender.send(large);
      Account account = closeInTime(sender, Duration.ofMillis(300));
      assertThat(account.unsent()).isPositive();
      assertThat(account.produced()).isEqualTo(20_000);
    }
  }

  @Test
  void close_keepsItsTimeoutWithMuchQueuedForAnAbsentPeer() throws Exception {
    try (MessageSender sender = to(Ports.nobodyAt()).capacity(500_000).open()) {
      send(sender, 500_000);
      assertThat(closeInTime(sender, Duration.ofMillis(100)).unsent()).isEqualTo(500_000);
    }
  }

  @Test
  void close_keepsItsTimeoutWithSmallBatches() throws Exception {
    try (MessageSender sender = to(Ports.nobodyAt()).capacity(1).open()) {
      sender.release();
      send(sender, 5_000);
      assertThat(closeInTime(sender, Duration.ofMillis(100)).unsent()).isEqualTo(5_000);
    }
  }

  @Test
  void close_keepsItsTimeoutWithMuchQueuedForAPeerThatNeverReads() {
    try (BareSocket pull = BareSocket.narrowPull(0);
        MessageSender sender = to(pull.endpoint()).capacity(500_000).open()) {
      send(sender, 500_000);
      assertThat(closeInTime(sender, Duration.ofMillis(100)).unsent()).isPositive();
    }
  }

  @Test
  void close_keepsItsTimeoutWithAPeerThatReadsSlowly() throws Exception {
    Endpoint endpoint = Ports.nobodyAt();
    CompletableFuture<@Nullable Void> enough = new CompletableFuture<>();
    Thread slowPeer =
        Wait.daemon(
            "slow-peer",
            () -> {
              try (BareSocket pull = BareSocket.narrowPull(endpoint.port())) {
                while (!enough.isDone()) {
                  String unused = pull.within(100);
                  LockSupport.parkNanos(1_000_000); // its slowness
                }
              }
            });
    try (MessageSender sender = to(endpoint).capacity(100_000).open()) {
      byte[] large = new byte[8192];
      for (int i = 0; i < 10_000; i++) sender.send(large);
      Wait.until("the peer reads", () -> sender.sent() > 0);
      assertThat(closeInTime(sender, Duration.ofMillis(500)).unsent()).isPositive();
    } finally {
      enough.complete(null);
      Wait.forTheEndOf(slowPeer);
    }
  }

  @Test
  void close_withZeroDiscardsWhatIsQueued() {
    try (BareSocket pull = BareSocket.bound(SocketType.PULL);
        MessageSender sender = to(pull.endpoint()).capacity(500_000).open()) {
      Wait.until("the connection stands", sender::isConnected);
      sender.holdAfterDisconnect(true);
      send(sender, 500_000);
      Account account = closeInTime(sender, Duration.ZERO);
      assertThat(account.unsent()).as("%s", account).isPositive();
    }
  }

  @Test
  void close_endsAtOnceWhenTheConnectionBreaks() throws Exception {
    try (BareSocket pull = BareSocket.narrowPull(0);
        MessageSender sender = to(pull.endpoint()).capacity(10_000).open()) {
      byte[] large = new byte[8192];
      for (int i = 0; i < 5_000; i++) sender.send(large);
      Wait.until("the peer is full", () -> sender.sent() >= MessageSender.HIGH_WATER_MARK / 2);
      long since = System.nanoTime();
      CompletableFuture<Account> closed =
          CompletableFuture.supplyAsync(() -> sender.close(Duration.ofSeconds(50)));
      Wait.until("the close has begun", () -> isClosed(sender));
      pull.close();
      Account account = Wait.forThe(closed);
      assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(Duration.ofSeconds(5));
      assertCloses(account);
      assertThat(account.unsent()).isPositive();
      assertThat(account.disconnects()).isEqualTo(1);
    }
  }

  @Test
  void close_sendsNothingToThePeerThatFollowsABrokenOne() throws Exception {
    try (BareSocket first = BareSocket.narrowPull(0);
        MessageSender sender = to(first.endpoint()).capacity(200_000).open()) {
      byte[] large = new byte[1024];
      for (int i = 0; i < 200_000; i++) sender.send(large);
      Wait.until("the peer is full", () -> sender.sent() >= MessageSender.HIGH_WATER_MARK / 2);
      int port = first.port();
      CompletableFuture<Account> closed =
          CompletableFuture.supplyAsync(() -> sender.close(Duration.ofSeconds(50)));
      Wait.until("the close has begun", () -> isClosed(sender));
      first.close();
      try (BareSocket second = BareSocket.bound(SocketType.PULL, port)) {
        assertThat(second.untilSilence(500)).isEmpty();
        assertCloses(Wait.forThe(closed));
      }
    }
  }

  private static boolean isClosed(MessageSender sender) {
    try {
      sender.sendNotice(bytes("still open?"));
      return false;
    } catch (ClosedException e) {
      return true;
    }
  }

  @Test
  void close_fromTwoThreadsGivesBothTheSameAccount() throws Exception {
    try (MessageSender sender = to(Ports.nobodyAt()).open()) {
      send(sender, 1_000);
      CompletableFuture<Account> one =
          CompletableFuture.supplyAsync(() -> closeInTime(sender, Duration.ofMillis(300)));
      CompletableFuture<Account> two =
          CompletableFuture.supplyAsync(() -> closeInTime(sender, Duration.ofMillis(300)));
      assertThat(Wait.forThe(one)).isEqualTo(new Account(1_000, 0, 0, 1_000, 0));
      assertThat(Wait.forThe(two)).isEqualTo(Wait.forThe(one));
    }
  }

  @Test
  void close_twiceChangesNothing() throws Exception {
    try (MessageSender sender = to(Ports.nobodyAt()).open()) {
      send(sender, 10);
      Account account = sender.close(Duration.ZERO);
      assertThat(sender.close(Duration.ofSeconds(30))).isEqualTo(account);
      assertThat(sender.closeAfter(bytes("too late"), Duration.ofSeconds(30))).isEqualTo(account);
      assertThat(sender.noticesWaiting()).isZero();
    }
  }

  @Test
  void close_refusesANegativeTimeout() throws Exception {
    try (MessageSender sender = to(Ports.nobodyAt()).open()) {
      send(sender, 10);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> sender.close(Duration.ofSeconds(-5)))
          .withMessage("timeout < 0: PT-5S");
    }
  }

  @Test
  void send_afterCloseIsRefusedAndNotCounted() throws Exception {
    try (MessageSender sender = to(Ports.nobodyAt()).open()) {
      send(sender, 10);
      Account account = sender.close(Duration.ZERO);
      assertThatExceptionOfType(ClosedException.class)
          .isThrownBy(() -> sender.send(bytes("late")))
          .withMessage("this sender is closed");
      assertThatExceptionOfType(ClosedException.class)
          .isThrownBy(() -> sender.send("late", MessageSenderCloseTest::bytes));
      assertThatExceptionOfType(ClosedException.class)
          .isThrownBy(() -> sender.sendNotice(bytes("late")));
      assertThat(sender.account()).isEqualTo(account);
      assertThat(sender.noticesWaiting()).isZero();
    }
  }

  /** docs/design.md: a close releases what waits for room; its message is queued, never dropped. */
  @ParameterizedTest
  @ValueSource(ints = {0, 300})
  void close_countsTheMessagesOfThreadsThatWaitForRoom(int timeoutMillis) throws Exception {
    AtomicInteger accepted = new AtomicInteger();
    List<Throwable> refused = new ArrayList<>();
    List<Thread> producers = new ArrayList<>();
    try (MessageSender sender = to(Ports.nobodyAt()).capacity(1).open()) {
      int fillers = 2; // one for the queue, one for the loop's hands; a third would wait for ever
      send(sender, fillers);
      Wait.until("a full queue", () -> sender.waiting() == fillers);
      for (int t = 0; t < 8; t++) {
        producers.add(
            Wait.daemon(
                "producer-" + t,
                () -> {
                  try {
                    if (sender.send(bytes("waited"))) accepted.incrementAndGet();
                  } catch (ClosedException e) {
                    synchronized (refused) {
                      refused.add(e);
                    }
                  }
                }));
      }
      producers.forEach(Wait::untilBlocked);
      Account account = closeInTime(sender, Duration.ofMillis(timeoutMillis));
      for (Thread producer : producers) Wait.forTheEndOf(producer);
      assertThat(refused).isEmpty();
      assertThat(accepted).hasValue(8);
      assertThat(account.produced()).isEqualTo(fillers + 8);
      assertThat(sender.account()).isEqualTo(account);
    }
  }

  @Test
  void close_amidSendsAccountsForEveryAcceptedOne() throws Exception {
    AtomicInteger accepted = new AtomicInteger();
    List<Thread> producers = new ArrayList<>();
    try (BareSocket pull = BareSocket.bound(SocketType.PULL);
        MessageSender sender = to(pull.endpoint()).capacity(100).open()) {
      for (int t = 0; t < 4; t++) {
        producers.add(
            Wait.daemon(
                "producer-" + t,
                () -> {
                  try {
                    while (sender.send(bytes("x"))) accepted.incrementAndGet();
                  } catch (ClosedException e) {
                    // as expected
                  }
                }));
      }
      pull.next(10_000);
      CompletableFuture<Account> closed =
          CompletableFuture.supplyAsync(() -> sender.close(Duration.ofSeconds(10)));
      int received = 10_000 + pull.untilSilence(1_000).size();
      Account account = Wait.forThe(closed);
      for (Thread producer : producers) Wait.forTheEndOf(producer);
      assertThat(account).isEqualTo(new Account(accepted.get(), received, 0, 0, 0));
      assertThat(received).isEqualTo(accepted.get());
    }
  }

  @Test
  void closeAfter_sendsItsNoticeLast() throws Exception {
    AtomicInteger accepted = new AtomicInteger();
    List<Thread> producers = new ArrayList<>();
    try (BareSocket pull = BareSocket.bound(SocketType.PULL);
        MessageSender sender = to(pull.endpoint()).capacity(100).open()) {
      for (int t = 0; t < 4; t++) {
        producers.add(
            Wait.daemon(
                "producer-" + t,
                () -> {
                  try {
                    while (sender.send(bytes("x"))) accepted.incrementAndGet();
                  } catch (ClosedException e) {
                    // as expected
                  }
                }));
      }
      pull.next(1_000);
      CompletableFuture<Account> closed =
          CompletableFuture.supplyAsync(
              () -> sender.closeAfter(bytes("the end"), Duration.ofSeconds(10)));
      List<String> rest = pull.untilSilence(1_000);
      for (Thread producer : producers) Wait.forTheEndOf(producer);
      assertThat(rest.indexOf("the end")).isEqualTo(rest.size() - 1);
      Account account = Wait.forThe(closed);
      assertThat(account.produced()).isEqualTo(accepted.get());
      assertThat(account.sent()).isEqualTo(1_000 + rest.size() - 1).isEqualTo(account.produced());
    }
  }

  @Test
  void closeAfter_withAnAbsentPeerCountsNoNotice() throws Exception {
    try (MessageSender sender = to(Ports.nobodyAt()).open()) {
      send(sender, 10);
      assertThat(sender.closeAfter(bytes("the end"), Duration.ofMillis(100)))
          .isEqualTo(new Account(10, 0, 0, 10, 0));
      assertThat(sender.noticesWaiting()).isZero();
    }
  }
}
