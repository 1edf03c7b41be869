package dev.broadside.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.zeromq.SocketType;

/** What a relay is for: no connection stalls, however busy the machine is. */
class RelayedConnectTest {
  private static final int WARM_UP = 20; // classes are loaded, code is compiled
  private static final int CONNECTIONS = 500;
  private static final Duration LONGEST = Duration.ofSeconds(1);

  @Test
  @Timeout(120)
  void connect_of500UnderLoadTakesNoneLongerThanASecond() throws Exception {
    AtomicBoolean enough = new AtomicBoolean();
    List<Duration> waits = new ArrayList<>();
    try (BareSocket pull = BareSocket.bound(SocketType.PULL);
        MessagingContext context = MessagingContext.create("relayed-connect")) {
      for (int i = 0; i < 2; i++) Wait.daemon("spinner-" + i, () -> spinUntil(enough));
      for (int i = 0; i < WARM_UP + CONNECTIONS; i++) {
        long since = System.nanoTime();
        try (MessageSender sender =
            MessageSender.builder(context, pull.endpoint()).relayed().open()) {
          Wait.until("the connection stands", sender::isConnected);
          if (i >= WARM_UP) waits.add(Duration.ofNanos(System.nanoTime() - since));
          sender.send(("" + i).getBytes(UTF_8));
          assertThat(pull.next()).isEqualTo("" + i);
        }
      }
    } finally {
      enough.set(true);
    }
    assertThat(waits).hasSize(CONNECTIONS).allMatch(wait -> wait.compareTo(LONGEST) < 0);
  }

  private static void spinUntil(AtomicBoolean enough) {
    while (!enough.get()) Thread.onSpinWait();
  }
}
