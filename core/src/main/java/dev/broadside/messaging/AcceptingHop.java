package dev.broadside.messaging;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.zeromq.ZMQ;

/**
 * The way of a socket that binds a Unix socket: each connection that comes in there is joined to
 * one of its own through ZeroMQ's door.
 */
final class AcceptingHop extends Hop {
  private static final LazyLogger LOG = new LazyLogger(AcceptingHop.class);

  private static final int ACCEPTS_IN_A_TURN = 64;
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final List<RelayedStream> streams = new ArrayList<>();
  private volatile @Nullable UnixServer server; // opened by the socket's thread, closed here
  private @Nullable SelectionKey key;
  private boolean warned;

  AcceptingHop(Relay relay, LoopbackDoor door, Endpoint endpoint) {
    super(relay, door, endpoint);
  }

  @Override
  void open(ZMQ.Socket socket) {
    server = UnixServer.bind(UnixSockets.path(endpoint)); // the way in, but nobody is let in yet
    door.open(socket);
    relay.wake(this);
  }

  @Override
  void work() throws IOException {
    UnixServer open = server;
    if (open == null) return;
    if (key == null) key = relay.watch(open.channel(), SelectionKey.OP_ACCEPT, this);
    else key.interestOps(SelectionKey.OP_ACCEPT); // after a pause
  }

  @Override
  public void ready(SelectionKey ready) {
    UnixServer open = server;
    if (open == null || isFinishing()) return;
    try {
      for (int i = 0; i < ACCEPTS_IN_A_TURN; i++) {
        SocketChannel peer = open.channel().accept();
        if (peer == null) return;
        join(peer);
      }
    } catch (IOException e) { // no more file descriptors, most likely
      warn(e);
      ready.interestOps(0);
      relay.wakeAfter(this, PAUSE_NANOS);
    }
  }

  private void join(SocketChannel peer) throws IOException {
    try {
      peer.configureBlocking(false);
      UnixSockets.configure(peer);
      streams.add(RelayedStream.join(relay, door, this, peer));
    } catch (IOException | RuntimeException | Error e) {
      RelayedStream.close(peer);
      throw e;
    }
  }

  private void warn(IOException e) {
    Level level = warned ? Level.DEBUG : Level.WARNING;
    warned = true;
    LOG.log(level, "a connection to " + endpoint + " could not be accepted", e);
  }

  @Override
  void streamOver(RelayedStream ended) {
    streams.remove(ended);
    if (isFinishing()) relay.wake(this);
  }

  @Override
  boolean hasStreams() {
    return !streams.isEmpty();
  }

  @Override
  void finishNow(boolean all) {
    UnixServer open = server;
    server = null;
    if (open != null) close(open);
    if (!all) return;
    for (RelayedStream stream : streams) stream.release();
    streams.clear();
  }

  private void close(UnixServer open) {
    try {
      open.close();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "the file of " + endpoint + " could not be removed", e);
    }
  }

  @Override
  public void failed(Throwable failure) {
    logFailure(failure);
    if (!isFinishing()) return; // who waits outside is tried again
    finishNow(true);
    settle();
  }
}
