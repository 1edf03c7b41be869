package dev.broadside.messaging;

import java.lang.System.Logger.Level;
import java.nio.channels.SelectableChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.zeromq.ZEvent;
import org.zeromq.ZMQ;

/**
 * What is known of a socket's connection. ZeroMQ tells it on its I/O thread; the socket's own
 * thread asks before every send, so nothing is handed over between two connections.
 */
@SuppressWarnings("NonAtomicVolatileUpdate") // written under this object's lock
final class Connection implements ZEvent.ZEventConsummer {
  static final int EVENTS =
      ZMQ.EVENT_CONNECTED | ZMQ.EVENT_HANDSHAKE_PROTOCOL | ZMQ.EVENT_DISCONNECTED;

  private static final LazyLogger LOG = new LazyLogger(Connection.class);

  private static final long LOOK_NANOS = TimeUnit.MICROSECONDS.toNanos(200);
  private static final long LONGEST_LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final Endpoint endpoint;
  private final ConnectionListener listener;
  private volatile int peers; // one at most, but for a socket that binds
  private volatile boolean held;
  private volatile boolean over;
  private volatile boolean unseen; // a break, by the thread that asks before it sends
  private volatile boolean asked;
  private boolean holdAfterDisconnect;
  private boolean last;
  private volatile long disconnects;
  private volatile @Nullable SelectableChannel channel;

  Connection(Endpoint endpoint, ConnectionListener listener) {
    this.endpoint = endpoint;
    this.listener = listener;
  }

  @Override
  public void consume(ZEvent event) {
    try {
      switch (event.getEvent()) {
        case CONNECTED -> connected(event);
        case HANDSHAKE_PROTOCOL -> established();
        case DISCONNECTED -> broken();
        default -> {}
      }
    } catch (RuntimeException e) { // ZeroMQ's I/O thread must survive any listener
      LOG.log(Level.ERROR, "listener of the connection to " + endpoint + " failed", e);
    }
  }

  private void connected(ZEvent event) {
    awaitSeen();
    channel = event.getValue();
  }

  private void established() {
    awaitSeen();
    synchronized (this) {
      peers++;
    }
    if (disconnects > 0) LOG.log(Level.DEBUG, "connected to {0} again", endpoint);
    listener.connected();
  }

  /**
   * A thread that has asked, and was held up before it sent, must not find the next connection
   * ready: on a machine that is busy enough, 100 ms and a new connection can lie between the two.
   * ZeroMQ gives the socket its new pipe when the thread of these events has left that of the
   * connect, before any handshake.
   */
  private void awaitSeen() {
    long until = System.nanoTime() + LONGEST_LOOK_NANOS;
    while (unseen && until - System.nanoTime() > 0) LockSupport.parkNanos(LOOK_NANOS);
  }

  private void broken() {
    synchronized (this) {
      if (peers == 0) return; // a handshake that failed was no connection yet
      held = holdAfterDisconnect;
      over = last;
      peers--;
      disconnects++;
      unseen = asked;
    }
    LOG.log(Level.DEBUG, "connection to {0} broke", endpoint);
    listener.disconnected();
  }

  boolean isConnected() {
    return peers > 0;
  }

  boolean maySend() {
    look();
    return peers > 0 && !held && !over;
  }

  /** The latest one that ZeroMQ connected; null if it accepts them. */
  @Nullable SelectableChannel channel() {
    return channel;
  }

  /** What happened until now is seen by the thread that sends, which calls this often. */
  void look() {
    if (!asked) asked = true;
    if (unseen) unseen = false;
  }

  long disconnects() {
    return disconnects;
  }

  /** Whether the connection that was to be the last one is gone. */
  boolean isOver() {
    return over;
  }

  /**
   * No other connection than the one that stands is used any more. Where none stands, it is the
   * first one that comes.
   */
  synchronized void makeLast() {
    last = true;
  }

  /** As {@link #makeLast}, and it is over already if there was a connection and it broke. */
  synchronized void makeLastUnlessBroken() {
    last = true;
    over |= peers == 0 && disconnects > 0;
  }

  synchronized void holdAfterDisconnect(boolean hold) {
    holdAfterDisconnect = hold;
    if (!hold) held = false;
  }

  void resume() {
    held = false;
  }
}
