package dev.broadside.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JeroMQ's own close loses what it has encoded and could not write. */
@Timeout(120)
class SenderEndTest {
  private static final int ROUNDS = 60;
  private static final int MESSAGES = 2500;
  private static final int BYTES = 190;
  private static final long BETWEEN_READS_NANOS = 1_000_000;
  private static final int MESSAGES_BETWEEN = 100;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void close_losesNothingToAPeerThatReadsSlowly(boolean relayed) throws InterruptedException {
    for (int round = 0; round < ROUNDS; round++) {
      int messages = MESSAGES + round * 7; // each time the last batch ends elsewhere
      AtomicInteger received = new AtomicInteger();
      try (MessagingContext context = MessagingContext.create("end-test");
          BareSocket pull = BareSocket.narrowPull(0);
          MessageSender sender = sender(context, pull.endpoint(), relayed)) {
        Thread reader = Wait.daemon("slow-reader", () -> readSlowly(pull, received, messages));
        for (int i = 0; i < messages; i++) sender.send(new byte[BYTES]);
        Account account = sender.close(Duration.ofSeconds(30));
        assertThat(account).isEqualTo(new Account(messages, messages, 0, 0, 0));
        Wait.forTheEndOf(reader);
        assertThat(received).hasValue(messages);
      }
    }
  }

  private static MessageSender sender(
      MessagingContext context, Endpoint endpoint, boolean relayed) {
    MessageSender.Builder builder = MessageSender.builder(context, endpoint);
    return relayed ? builder.relayed().open() : builder.open();
  }

  private static void readSlowly(BareSocket pull, AtomicInteger received, int messages) {
    while (received.get() < messages && pull.within(1000) != null) {
      if (received.incrementAndGet() % MESSAGES_BETWEEN == 0) {
        LockSupport.parkNanos(BETWEEN_READS_NANOS); // the work of this peer
      }
    }
  }
}
