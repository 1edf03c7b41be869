package dev.broadside.messaging;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.zeromq.ZEvent;
import org.zeromq.ZMQ;

/**
 * What is known of a socket's connection. ZeroMQ tells it on its I/O thread; the socket's own
 * thread asks before every send, so nothing is handed over between two connections.
 */
@SuppressWarnings("NonAtomicVolatileUpdate") // one I/O thread writes, others read
final class Connection implements ZEvent.ZEventConsummer {
  static final int EVENTS = ZMQ.EVENT_HANDSHAKE_PROTOCOL | ZMQ.EVENT_DISCONNECTED;

  private static final Logger LOG = System.getLogger(Connection.class.getName());

  private final Endpoint endpoint;
  private final ConnectionListener listener;
  private volatile int peers; // one at most, but for a socket that binds
  private volatile boolean held;
  private volatile boolean holdAfterDisconnect;
  private volatile long disconnects;

  Connection(Endpoint endpoint, ConnectionListener listener) {
    this.endpoint = endpoint;
    this.listener = listener;
  }

  @Override
  public void consume(ZEvent event) {
    try {
      switch (event.getEvent()) {
        case HANDSHAKE_PROTOCOL -> established();
        case DISCONNECTED -> broken();
        default -> {}
      }
    } catch (RuntimeException e) { // ZeroMQ's I/O thread must survive any listener
      LOG.log(Level.ERROR, "listener of the connection to " + endpoint + " failed", e);
    }
  }

  private void established() {
    peers++;
    LOG.log(Level.DEBUG, "connected to {0}", endpoint);
    listener.connected();
  }

  private void broken() {
    if (peers == 0) return; // a handshake that failed was no connection yet
    held = holdAfterDisconnect;
    peers--;
    disconnects++;
    LOG.log(Level.DEBUG, "connection to {0} broke", endpoint);
    listener.disconnected();
  }

  boolean isConnected() {
    return peers > 0;
  }

  boolean maySend() {
    return peers > 0 && !held;
  }

  long disconnects() {
    return disconnects;
  }

  void holdAfterDisconnect(boolean hold) {
    holdAfterDisconnect = hold;
    if (!hold) held = false;
  }

  void resume() {
    held = false;
  }
}
