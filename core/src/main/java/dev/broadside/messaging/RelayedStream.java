package dev.broadside.messaging;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.Channel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a peer joined to one to ZeroMQ's loopback door. It lives on the relay's thread.
 *
 * <p>When ZeroMQ closes its end, the peer is given all that ZeroMQ said, then the end; it is over
 * when the peer has closed too. When the peer goes first it is the other way round.
 */
final class RelayedStream implements Relay.Client {
  /** What waits in the kernel between ZeroMQ and the relay is counted as sent already. */
  static final int HOP_BUFFER_BYTES = 64 * 1024;

  private final Relay relay;
  private final LoopbackDoor door;
  private final Hop owner;
  private final SocketChannel peer;
  private final SocketChannel hop;
  private final Pump outbound;
  private final Pump inbound;
  private int localPort;
  private @Nullable SelectionKey peerKey;
  private @Nullable SelectionKey hopKey;
  private boolean peerGone;
  private boolean zmqGone;
  private boolean over;
  private boolean absorbing;
  private volatile boolean backlogged;
  private volatile long lastRead;

  private RelayedStream(Relay relay, LoopbackDoor door, Hop owner, SocketChannel peer)
      throws IOException {
    this.relay = relay;
    this.door = door;
    this.owner = owner;
    this.peer = peer;
    this.hop = SocketChannel.open(StandardProtocolFamily.INET);
    outbound = new Pump(hop, peer);
    inbound = new Pump(peer, hop);
  }

  /** Joins a connected peer to the door. The owner hears when it is over. */
  static RelayedStream join(Relay relay, LoopbackDoor door, Hop owner, SocketChannel peer)
      throws IOException {
    RelayedStream stream = new RelayedStream(relay, door, owner, peer);
    try {
      stream.dial();
      return stream;
    } catch (IOException | RuntimeException e) {
      stream.release();
      throw e;
    }
  }

  private void dial() throws IOException {
    InetAddress loopback = LoopbackDoor.address();
    hop.configureBlocking(false);
    hop.setOption(StandardSocketOptions.TCP_NODELAY, true);
    hop.setOption(StandardSocketOptions.SO_RCVBUF, HOP_BUFFER_BYTES);
    hop.bind(new InetSocketAddress(loopback, 0));
    localPort = ((InetSocketAddress) hop.getLocalAddress()).getPort();
    door.expect(localPort); // before it can be accepted
    if (hop.connect(new InetSocketAddress(loopback, door.port()))) begin();
    else hopKey = relay.watch(hop, SelectionKey.OP_CONNECT, this);
  }

  private void begin() throws IOException {
    hopKey = relay.watch(hop, SelectionKey.OP_READ, this);
    peerKey = relay.watch(peer, SelectionKey.OP_READ, this);
  }

  @Override
  public void turn() {}

  @Override
  public void ready(SelectionKey key) throws IOException {
    if (key.isConnectable()) {
      if (hop.finishConnect()) begin();
    } else if (hopKey != null && peerKey != null) {
      if (isReadable(hopKey) || isWritable(peerKey)) moveOut();
      if (isReadable(peerKey) || isWritable(hopKey)) inbound.move(relay.buffer(), false);
      if (inbound.isDone() && !peerGone) sayThatPeerIsGone();
      if (outbound.isDone() && !zmqGone) sayThatZmqIsGone();
      if (zmqGone && (peerGone || !owner.isRetiring())) end();
      else watchBoth(hopKey, peerKey);
    }
  }

  private void moveOut() {
    long before = outbound.bytesRead();
    outbound.move(relay.buffer(), absorbing);
    if (outbound.bytesRead() != before) lastRead = System.nanoTime();
    backlogged = outbound.isBlocked();
  }

  /**
   * From now on takes all that ZeroMQ has to say, though the peer does not read: a socket that is
   * closed loses the last 8 KiB that it could not write at once.
   */
  void absorb() {
    absorbing = true;
    if (hopKey == null || peerKey == null || !hopKey.isValid() || !peerKey.isValid()) return;
    watchBoth(hopKey, peerKey);
  }

  /** Whether more was said than the peer has read, when this was last known. Any thread. */
  boolean isBacklogged() {
    return backlogged;
  }

  /** When ZeroMQ was last heard. Any thread. */
  long lastRead() {
    return lastRead;
  }

  private static boolean isReadable(SelectionKey key) {
    return key.isValid() && key.isReadable();
  }

  private static boolean isWritable(SelectionKey key) {
    return key.isValid() && key.isWritable();
  }

  private void sayThatPeerIsGone() {
    peerGone = true;
    outbound.discard();
    if (!zmqGone) sayTheEnd(hop);
  }

  /**
   * The peer's end is its word that it has read everything. libzmq forgets what waits in the kernel
   * when a Unix socket is closed while its queue is full (docs/protocols.md 2.4).
   */
  private void sayThatZmqIsGone() {
    zmqGone = true;
    inbound.discard();
    close(hop);
    if (!peerGone) sayTheEnd(peer);
  }

  private static void sayTheEnd(SocketChannel channel) {
    try {
      channel.shutdownOutput();
    } catch (IOException e) {
      // it is broken already, as the next read will tell
    }
  }

  private void watchBoth(SelectionKey hopKey, SelectionKey peerKey) {
    if (!zmqGone) watch(hopKey, outbound.reads(absorbing), inbound.isBlocked());
    watch(peerKey, inbound.reads(false), outbound.isBlocked());
  }

  private static void watch(SelectionKey key, boolean reading, boolean writing) {
    int wanted = (reading ? SelectionKey.OP_READ : 0) | (writing ? SelectionKey.OP_WRITE : 0);
    if (key.interestOps() != wanted) key.interestOps(wanted);
  }

  @Override
  public void failed(Throwable failure) {
    owner.logFailure(failure);
    end();
  }

  private void end() {
    if (over) return;
    release();
    owner.streamOver(this);
  }

  /** Closes both ends at once, whatever is still under way. The owner is not told. */
  void release() {
    over = true;
    close(peer);
    close(hop);
    door.forget(localPort);
  }

  static void close(@Nullable Channel channel) {
    if (channel == null) return;
    try {
      channel.close();
    } catch (IOException e) {
      // what cannot be closed is not open
    }
  }
}
