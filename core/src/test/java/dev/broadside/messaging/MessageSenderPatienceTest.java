package dev.broadside.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.zeromq.SocketType;

/** What a sender does whose queue is full and stays so. */
@Timeout(60)
class MessageSenderPatienceTest {
  private static final byte[] MESSAGE = "message".getBytes(UTF_8);

  private final MessagingContext context = MessagingContext.create("patience-test");

  @AfterEach
  void closeContext() {
    context.close();
  }

  @Test
  void patience_isLostOnceForAll() throws IOException {
    try (MessageSender sender = patientSender(Ports.nobodyAt())) {
      for (int i = 0; i < 100_000; i++) sender.send(MESSAGE); // 50 ms each would take 83 minutes
      assertThat(sender.account().dropped()).isPositive();
      assertThat(sender.heldBack()).isGreaterThanOrEqualTo(Duration.ofMillis(50));
      Account account = sender.close(Duration.ZERO);
      assertThat(account.dropped() + account.unsent()).isEqualTo(100_000);
    }
  }

  @Test
  void patience_comesBackWhenMessagesLeave() throws IOException {
    Endpoint later = Ports.nobodyAt();
    try (MessageSender sender = patientSender(later)) {
      while (sender.send(MESSAGE)) {}
      try (BareSocket pull = BareSocket.bound(SocketType.PULL, later.port())) {
        long queued = sender.account().produced() - sender.account().dropped();
        pull.next((int) queued);
        assertThat(sender.send(MESSAGE)).isTrue();
        assertThat(pull.next()).isEqualTo("message");
      }
    }
  }

  private MessageSender patientSender(Endpoint endpoint) {
    return MessageSender.builder(context, endpoint)
        .capacity(300)
        .patience(Duration.ofMillis(50))
        .closeTimeout(Duration.ZERO)
        .open();
  }
}
