package dev.broadside.loads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.broadside.loads.testing.Await;
import dev.broadside.loads.testing.CapturedLog;
import dev.broadside.loads.testing.StrictReceiver;
import dev.broadside.loads.testing.StrictReceiver.Verdict;
import dev.broadside.loads.testing.Transport;
import dev.broadside.messaging.Account;
import dev.broadside.messaging.ClosedException;
import dev.broadside.messaging.Endpoint;
import dev.broadside.messaging.MessagingContext;
import dev.broadside.messaging.OverflowPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Receivers that are absent, late, dead or deaf: noticed, counted, told in words, never a hang. */
@Timeout(120)
class ReporterTroubleTest {
  private static final Duration LONG = Duration.ofSeconds(10);

  @TempDir Path folder;

  private static LoadsReporter.Builder to(String endpoint) {
    return LoadsReporter.builder(Endpoint.parse(endpoint));
  }

  private static void report(LoadsReporter reporter, int messages) {
    for (int i = 0; i < messages; i++) reporter.startTest("a.test");
  }

  private static Duration time(Runnable action) {
    long since = System.nanoTime();
    action.run();
    return Duration.ofNanos(System.nanoTime() - since);
  }

  private static void assertBalanced(Account account) {
    assertThat(account.sent() + account.dropped() + account.unsent()).isEqualTo(account.produced());
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void absentReceiver_isToldAtCloseWithinItsTimeout(Transport transport) {
    String nobody = transport.unboundEndpoint(folder);
    try (CapturedLog log = CapturedLog.of(LoadsReporter.class);
        LoadsReporter reporter = to(nobody).open()) {
      report(reporter, 3);
      assertThat(reporter.isConnected()).isFalse();
      assertThat(time(reporter::close)).isBetween(Duration.ofMillis(900), LONG);
      assertThat(reporter.account()).isEqualTo(new Account(3, 0, 0, 3, 0));
      assertThat(log.lines())
          .singleElement()
          .asString()
          .contains("3 of 3 messages", nobody, "nobody listens there");
    }
  }

  @Test
  void absentReceiver_holdsUsersNoLongerThanTheirPatience() {
    try (LoadsReporter reporter =
        to(Transport.TCP.unboundEndpoint(folder))
            .capacity(100)
            .patience(Duration.ofMillis(300))
            .open()) {
      assertThat(time(() -> report(reporter, 100_000))).isLessThan(LONG);
      Account account = reporter.close(Duration.ofMillis(100));
      assertBalanced(account);
      assertThat(account.produced()).isEqualTo(100_000);
      assertThat(account.unsent()).isBetween(100L, 200L); // one batch has left the queue, not us
    }
  }

  @Test
  void absentReceiver_countsTheMessagesOfBatches() {
    try (LoadsReporter reporter =
        to(Transport.TCP.unboundEndpoint(folder))
            .capacity(10)
            .overflowPolicy(OverflowPolicy.DROP)
            .batch(7, Duration.ofMinutes(1))
            .open()) {
      report(reporter, 1000);
      Account account = reporter.close(Duration.ofMillis(100));
      assertBalanced(account);
      assertThat(account.produced()).isEqualTo(1000);
      assertThat(account.dropped()).isPositive();
      assertThat(account.dropped() % 7).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void lateReceiver_getsEverything(Transport transport) {
    String endpoint = transport.unboundEndpoint(folder);
    try (LoadsReporter reporter = to(endpoint).open()) {
      report(reporter, 500);
      try (StrictReceiver receiver = StrictReceiver.on(endpoint)) {
        Verdict verdict = receiver.awaitMessages(500);
        assertThat(verdict.violations()).isEmpty();
        assertThat(verdict.messages()).isEqualTo(500);
        assertThat(reporter.close(LONG)).isEqualTo(new Account(500, 500, 0, 0, 0));
      }
    }
  }

  @Test
  void close_staysThoughTheReceiverCameOnlyThen() throws Exception {
    String endpoint = Transport.TCP.unboundEndpoint(folder);
    try (LoadsReporter reporter =
        to(endpoint).closeTimeout(LONG).stay(Duration.ofSeconds(2)).open()) {
      report(reporter, 10);
      Thread closing = new Thread(reporter::close);
      closing.start();
      Await.until("it is closing", () -> closing.getState() == Thread.State.TIMED_WAITING);
      try (StrictReceiver receiver = StrictReceiver.on(endpoint)) {
        assertThat(receiver.awaitMessages(10).messages()).isEqualTo(10);
        assertThat(time(() -> join(closing))).isGreaterThan(Duration.ofSeconds(1));
      }
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void receiverThatDies_isToldAndCounted(Transport transport) {
    try (CapturedLog log = CapturedLog.of(LoadsReporter.class);
        StrictReceiver receiver = transport.receiver(folder);
        LoadsReporter reporter = to(receiver.endpoint()).open()) {
      report(reporter, 100);
      assertThat(receiver.awaitMessages(100).messages()).isEqualTo(100);
      receiver.close();
      Await.until("the loss of the connection is seen", () -> !reporter.isConnected());
      report(reporter, 50);
      assertThat(time(reporter::close)).isLessThan(LONG);
      assertThat(reporter.account()).isEqualTo(new Account(150, 100, 0, 50, 1));
      assertThat(log.lines())
          .singleElement()
          .asString()
          .contains("50 of 150 messages", receiver.endpoint(), "the connection was lost");
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void receiverThatDiesWhileItIsFedAndComesBack_getsTheRest(Transport transport) throws Exception {
    try (StrictReceiver receiver = transport.receiver(folder);
        LoadsReporter reporter = to(receiver.endpoint()).patience(LONG).open()) {
      CountDownLatch stop = new CountDownLatch(1);
      Thread user =
          new Thread(
              () -> {
                while (stop.getCount() > 0) report(reporter, 10);
              });
      user.setUncaughtExceptionHandler((thread, e) -> {}); // when the test has failed already
      user.start();
      receiver.awaitMessages(1000);
      receiver.die();
      Await.until("the loss of the connection is seen", () -> !reporter.isConnected());
      receiver.comeBack();
      long before = receiver.verdict().messages();
      receiver.awaitMessages(before + 1000);
      stop.countDown();
      user.join();
      Account account = reporter.close(LONG);
      Verdict verdict = receiver.end();
      assertThat(verdict.violations()).isEmpty();
      assertThat(account.disconnects()).isOne();
      assertThat(account.sent()).isEqualTo(account.produced());
      assertThat(verdict.messages()).isLessThanOrEqualTo(account.sent());
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void receiverThatNeverReads_holdsNobodyForEver(Transport transport) {
    Hit hit = new Hit("u".repeat(10_000), "GET", 200, Instant.EPOCH, Duration.ZERO);
    try (CapturedLog log = CapturedLog.of(LoadsReporter.class);
        StrictReceiver receiver = transport.receiver(folder, "--paused");
        LoadsReporter reporter =
            to(receiver.endpoint()).capacity(100).patience(Duration.ofMillis(300)).open()) {
      Duration reporting =
          time(
              () -> {
                for (int i = 0; i < 10_000; i++) reporter.addHit(hit);
              });
      assertThat(reporting).isLessThan(LONG);
      assertThat(time(() -> reporter.close(Duration.ofMillis(500)))).isLessThan(LONG);
      Account account = reporter.account();
      assertBalanced(account);
      assertThat(account.produced()).isEqualTo(10_000);
      assertThat(account.dropped()).isPositive();
      assertThat(log.lines())
          .singleElement()
          .asString()
          .contains("of 10000 messages", "does not read fast enough, or not at all");
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void slowReceiver_holdsUsersBackAndGetsEverything(Transport transport) {
    try (StrictReceiver receiver = transport.receiver(folder, "--rate", "5000");
        LoadsReporter reporter = to(receiver.endpoint()).capacity(100).open()) {
      report(reporter, 10_000);
      assertThat(reporter.close(LONG)).isEqualTo(new Account(10_000, 10_000, 0, 0, 0));
      assertThat(receiver.awaitMessages(10_000).messages()).isEqualTo(10_000);
    }
  }

  @Test
  void close_releasesUsersThatWaitForRoom() throws Exception {
    try (LoadsReporter reporter =
        to(Transport.TCP.unboundEndpoint(folder))
            .capacity(1)
            .patience(Duration.ofMinutes(1))
            .open()) {
      AtomicReference<Throwable> thrown = new AtomicReference<>();
      Thread user = new Thread(() -> report(reporter, Integer.MAX_VALUE));
      user.setUncaughtExceptionHandler((thread, e) -> thrown.set(e));
      user.start();
      Await.until("the user waits", () -> user.getState() == Thread.State.WAITING);
      assertBalanced(reporter.close(Duration.ofMillis(100)));
      user.join(TimeUnit.SECONDS.toMillis(10));
      assertThat(user.isAlive()).isFalse();
      assertThat(thrown.get()).isInstanceOf(ClosedException.class);
    }
  }

  @Test
  void close_releasesUsersThatWaitForRoomForABatch() throws Exception {
    try (LoadsReporter reporter =
        to(Transport.TCP.unboundEndpoint(folder))
            .capacity(1)
            .batch(2, Duration.ofMillis(1))
            .patience(Duration.ofMinutes(1))
            .open()) {
      AtomicReference<Throwable> thrown = new AtomicReference<>();
      Thread user = new Thread(() -> report(reporter, Integer.MAX_VALUE));
      user.setUncaughtExceptionHandler((thread, e) -> thrown.set(e));
      user.start();
      Await.until("the user waits", () -> user.getState() == Thread.State.WAITING);
      assertThat(time(reporter::account)).isLessThan(LONG);
      assertThat(time(() -> assertBalanced(reporter.close(Duration.ofMillis(100)))))
          .isLessThan(LONG);
      user.join(TimeUnit.SECONDS.toMillis(10));
      assertThat(user.isAlive()).isFalse();
      assertThat(thrown.get()).isInstanceOf(ClosedException.class);
    }
  }

  @ParameterizedTest
  @EnumSource(OverflowPolicy.class)
  void closedReporter_saysSo(OverflowPolicy policy) {
    for (int batch : List.of(1, 10)) {
      LoadsReporter reporter =
          to(Transport.TCP.unboundEndpoint(folder))
              .overflowPolicy(policy)
              .batch(batch, Duration.ofMillis(10))
              .open();
      reporter.close(Duration.ZERO);
      reporter.close();
      List<Runnable> calls =
          List.of(
              () -> reporter.startTest("t"),
              () -> reporter.addError("t", new Exception()),
              () -> reporter.addHit(new Hit("u", "GET", 200, Instant.EPOCH, Duration.ZERO)),
              reporter::socketOpen,
              () -> reporter.socketMessage(1),
              () -> reporter.incrCounter("t", "c"));
      for (Runnable call : calls) {
        assertThatThrownBy(call::run)
            .isInstanceOf(ClosedException.class)
            .hasMessage("this reporter is closed");
      }
      assertThat(reporter.account()).isEqualTo(Account.EMPTY);
    }
  }

  @Test
  void reportersOfOneContext_closeAlone() {
    try (StrictReceiver receiver = StrictReceiver.onTcp();
        MessagingContext context = MessagingContext.create("shared");
        LoadsReporter first = to(receiver.endpoint()).context(context).open();
        LoadsReporter second = to(receiver.endpoint()).context(context).open()) {
      report(first, 10);
      first.close();
      report(second, 10);
      assertThat(receiver.awaitMessages(20).messages()).isEqualTo(20);
    }
  }
}
