package dev.broadside.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.zeromq.ZEvent;
import org.zeromq.ZMonitor;

@Timeout(60)
class ConnectionTest {
  private static final ZEvent CONNECTED = event(ZMonitor.Event.CONNECTED);
  private static final ZEvent ESTABLISHED = event(ZMonitor.Event.HANDSHAKE_PROTOCOL);
  private static final ZEvent BROKEN = event(ZMonitor.Event.DISCONNECTED);

  private final Connection connection =
      new Connection(Endpoint.parse("tcp://127.0.0.1:1"), ConnectionListener.NONE);

  @Test
  void nextConnection_waitsForTheThreadThatIsAboutToSend() throws Exception {
    connection.consume(ESTABLISHED);
    assertThat(connection.maySend()).isTrue(); // and now it is held up
    connection.holdAfterDisconnect(true);
    connection.consume(BROKEN);
    AtomicBoolean hasPipe = new AtomicBoolean();
    Thread io =
        Wait.daemon(
            "io",
            () -> {
              connection.consume(CONNECTED);
              hasPipe.set(true); // ZeroMQ makes it when the event is over
              connection.consume(ESTABLISHED);
            });
    Wait.untilParked(io);
    assertThat(hasPipe).isFalse();
    assertThat(connection.isConnected()).isFalse();

    assertThat(connection.maySend()).isFalse();
    Wait.forTheEndOf(io);
    assertThat(connection.isConnected()).isTrue();
    assertThat(connection.maySend()).isFalse();
  }

  @Test
  void nextConnection_waitsForNobodyWhoNeverAsks() {
    connection.consume(ESTABLISHED);
    connection.consume(BROKEN);
    connection.consume(ESTABLISHED);
    assertThat(connection.isConnected()).isTrue();
  }

  @Test
  void nextConnection_doesNotWaitForEver() {
    connection.consume(ESTABLISHED);
    connection.look();
    connection.consume(BROKEN);
    connection.consume(ESTABLISHED); // whoever asked is dead
    assertThat(connection.isConnected()).isTrue();
  }

  private static ZEvent event(ZMonitor.Event kind) {
    ZEvent event = mock(ZEvent.class);
    when(event.getEvent()).thenReturn(kind);
    return event;
  }
}
