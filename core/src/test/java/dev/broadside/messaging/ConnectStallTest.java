package dev.broadside.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.zeromq.SocketType;

/** JeroMQ's connect stall, 30 s by default, more often on a busy machine: docs/protocols.md 2.4. */
class ConnectStallTest {
  private static final int ROUNDS = 10;
  private static final int SENDERS = 20;

  private final ConcurrentLinkedQueue<Duration> times = new ConcurrentLinkedQueue<>();

  @Test
  @Timeout(90)
  void connect_of200SendersUnderLoadTakesNoneLongerThan5Seconds() throws Exception {
    AtomicBoolean enough = new AtomicBoolean();
    for (int i = 0; i < 3; i++) Wait.daemon("spinner-" + i, () -> spinUntil(enough));
    try (BareSocket pull = BareSocket.bound(SocketType.PULL)) {
      for (int round = 0; round < ROUNDS; round++) connectAll(pull);
    } finally {
      enough.set(true);
    }
    assertThat(times).hasSize(ROUNDS * SENDERS).allMatch(time -> time.toSeconds() < 5);
  }

  private void connectAll(BareSocket pull) throws Exception {
    CountDownLatch connected = new CountDownLatch(SENDERS);
    List<MessageSender> senders = new ArrayList<>();
    try (MessagingContext context = MessagingContext.create("stall-test")) {
      for (int i = 0; i < SENDERS; i++) {
        long since = System.nanoTime();
        MessageSender sender =
            MessageSender.builder(context, pull.endpoint())
                .listener(
                    new ConnectionListener() {
                      @Override
                      public void connected() {
                        times.add(Duration.ofNanos(System.nanoTime() - since));
                        connected.countDown();
                      }
                    })
                .open();
        sender.send("hello".getBytes(UTF_8));
        senders.add(sender);
      }
      assertThat(connected.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(pull.next(SENDERS)).containsOnly("hello");
      senders.forEach(MessageSender::close);
    }
  }

  private static void spinUntil(AtomicBoolean enough) {
    while (!enough.get()) Thread.onSpinWait();
  }
}
