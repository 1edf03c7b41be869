package dev.broadside.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.zeromq.SocketType;

/** What a relay is for: no connection stalls, however busy the machine is. */
class RelayedConnectTest {
  private static final int WARM_UP = 20; // classes are loaded, code is compiled
  private static final int CONNECTIONS = 500;
  private static final Duration LONGEST = Duration.ofSeconds(1); // a stall would take 30

  /** JeroMQ's default: a shorter one breaks connections of a peer that gets no processor. */
  private static final int HANDSHAKE_MILLIS = 30_000;

  private volatile boolean enough;
  private volatile long longestDoze;

  @Test
  @Timeout(120)
  void connect_of500UnderLoadTakesNoneLongerThanASecond() throws Exception {
    List<Duration> waits = new ArrayList<>();
    try (BareSocket pull =
            BareSocket.bound(SocketType.PULL, 0, far -> far.setHandshakeIvl(HANDSHAKE_MILLIS));
        MessagingContext context = MessagingContext.create("relayed-connect")) {
      for (int i = 0; i < 2; i++) Wait.daemon("spinner-" + i, this::spin);
      Wait.daemon("dozer", this::doze);
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
      enough = true;
    }
    Duration bound = LONGEST.plusNanos(longestDoze);
    assertThat(waits).hasSize(CONNECTIONS).allMatch(wait -> wait.compareTo(bound) < 0);
  }

  private void spin() {
    while (!enough) Thread.onSpinWait();
  }

  /** Learns for how long the machine, beside our load, withholds a processor from a thread. */
  private void doze() {
    while (!enough) {
      long since = System.nanoTime();
      LockSupport.parkNanos(1_000_000);
      longestDoze = Math.max(longestDoze, System.nanoTime() - since);
    }
  }
}
