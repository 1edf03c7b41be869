package dev.broadside.messaging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.zeromq.ZEvent;
import org.zeromq.ZMQ;

/**
 * The loopback port on which a ZeroMQ socket waits for the relay, and for nobody else: whoever
 * comes from a port that is not the relay's own is closed before a byte of him is read. A door for
 * one connection is shut behind it.
 *
 * <p>Knows the connections by ZeroMQ's events, and passes on to the socket's {@link Connection}
 * those of the relay's own.
 */
final class LoopbackDoor implements ZEvent.ZEventConsummer {
  static final int EVENTS = Connection.EVENTS | ZMQ.EVENT_LISTENING | ZMQ.EVENT_ACCEPTED;

  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  private final Connection connection;
  private final boolean forOne;
  private final Set<Integer> expected = ConcurrentHashMap.newKeySet();
  private final Set<SelectableChannel> strangers =
      Collections.newSetFromMap(new IdentityHashMap<>()); // ZeroMQ's I/O thread only
  private volatile @Nullable ServerSocketChannel listener;
  private volatile boolean inUse;
  private volatile boolean silent;
  private volatile int port;
  private @Nullable String endpoint; // the socket's thread only

  LoopbackDoor(Connection connection, boolean forOne) {
    this.connection = connection;
    this.forOne = forOne;
  }

  static InetAddress address() {
    try {
      return InetAddress.getByAddress(LOOPBACK);
    } catch (UnknownHostException e) {
      throw new AssertionError(e); // it has four bytes
    }
  }

  /** Opens the door, or another one in its place. The socket's thread only. */
  void open(ZMQ.Socket socket) {
    if (endpoint != null) socket.unbind(endpoint);
    socket.setSendBufferSize(0); // a listening socket has none
    socket.bind("tcp://127.0.0.1:0");
    socket.setSendBufferSize(RelayedStream.HOP_BUFFER_BYTES); // of those that are accepted
    endpoint = socket.getLastEndpoint();
    port = portOf(listener);
  }

  private static int portOf(@Nullable ServerSocketChannel channel) {
    try {
      if (channel == null) throw new IllegalStateException("ZeroMQ did not say where it listens");
      return ((InetSocketAddress) channel.getLocalAddress()).getPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return port;
  }

  /** Whether ZeroMQ still holds a connection that came in here. */
  boolean isInUse() {
    return inUse;
  }

  /** What breaks from now on was broken by the relay itself, and is no event. */
  void fallSilent() {
    silent = true;
  }

  /** Lets one connection from this local port in. */
  void expect(int localPort) {
    expected.add(localPort);
  }

  /** Nobody is to come from this local port any more. */
  void forget(int localPort) {
    expected.remove(localPort);
  }

  @Override
  public void consume(ZEvent event) {
    switch (event.getEvent()) {
      case LISTENING -> listener = event.getValue();
      case ACCEPTED -> accepted(event.getValue());
      case DISCONNECTED -> disconnected(event);
      default -> connection.consume(event);
    }
  }

  private void accepted(SocketChannel channel) {
    if (!isExpected(channel)) {
      strangers.add(channel);
      RelayedStream.close(channel);
      return;
    }
    inUse = true;
    if (forOne) RelayedStream.close(listener);
  }

  private boolean isExpected(SocketChannel channel) {
    try {
      InetSocketAddress remote = (InetSocketAddress) channel.getRemoteAddress();
      return remote != null && expected.remove(remote.getPort());
    } catch (IOException e) {
      return false; // gone already
    }
  }

  private void disconnected(ZEvent event) {
    if (strangers.remove(event.<SelectableChannel>getValue())) return;
    if (!silent) connection.consume(event);
    inUse = false; // only now may another one come
  }
}
