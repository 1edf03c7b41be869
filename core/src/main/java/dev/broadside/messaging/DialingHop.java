package dev.broadside.messaging;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.zeromq.ZMQ;

/**
 * The way of a connecting socket. The peer is dialed until it answers; then ZeroMQ's door is, which
 * is open for this one connection. After it a new door is needed, and the socket's thread opens
 * that: nothing is dialed for a socket that only lingers.
 */
final class DialingHop extends Hop {
  private static final LazyLogger LOG = new LazyLogger(DialingHop.class);

  private static final int SHORTEST_PAUSE_MILLIS = 10;
  private static final int LONGEST_PAUSE_MILLIS = 100;
  private static final long DIAL_NANOS = TimeUnit.SECONDS.toNanos(3); // then the next address
  private static final long STEADY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private volatile SocketAddress[] addresses = {};
  private volatile boolean wanted; // a door is open, and a connection may come through it
  private volatile boolean doorNeeded;

  private @Nullable SocketChannel dialed;
  private volatile @Nullable RelayedStream stream; // written by the relay's thread
  private int attempts;
  private long since; // when the peer was dialed, or answered
  private int pauseMillis;
  private long notBefore = System.nanoTime(); // the next dial
  private boolean warned;

  DialingHop(Relay relay, LoopbackDoor door, Endpoint endpoint) {
    super(relay, door, endpoint);
  }

  @Override
  void open(ZMQ.Socket socket) {
    addresses = resolve();
    door.open(socket);
    wanted = true;
    relay.wake(this);
  }

  @Override
  void tend(ZMQ.Socket socket) {
    if (!doorNeeded || door.isInUse()) return; // ZeroMQ has yet to see the end of the last one
    doorNeeded = false;
    try {
      addresses = resolve();
    } catch (MessagingException e) {
      LOG.log(Level.DEBUG, "the old address is dialed", e);
    }
    door.open(socket);
    wanted = true;
    relay.wake(this);
  }

  private SocketAddress[] resolve() {
    if (endpoint.scheme() == Endpoint.Scheme.IPC) {
      return new SocketAddress[] {UnixSockets.address(endpoint)};
    }
    try {
      String host = endpoint.host();
      if (host.startsWith("[")) host = host.substring(1, host.length() - 1);
      InetAddress[] all = InetAddress.getAllByName(host);
      SocketAddress[] dialable = new SocketAddress[all.length];
      for (int i = 0; i < all.length; i++) {
        dialable[i] = new InetSocketAddress(all[i], endpoint.port());
      }
      return dialable;
    } catch (UnknownHostException e) {
      throw new MessagingException("the host is not known", e);
    }
  }

  @Override
  void work() {
    long now = System.nanoTime();
    if (dialed != null) {
      if (now - since >= DIAL_NANOS) noAnswer(new ConnectException("no answer"));
    } else if (wanted && stream == null && now - notBefore >= 0) {
      dial();
    }
  }

  private void dial() {
    SocketAddress[] known = addresses;
    SocketAddress address = known[attempts++ % known.length];
    since = System.nanoTime();
    try {
      SocketChannel channel = channelTo(address);
      dialed = channel;
      channel.configureBlocking(false);
      if (channel.connect(address)) answered(channel);
      else awaitAnswer(channel);
    } catch (IOException e) {
      noAnswer(e);
    }
  }

  private static SocketChannel channelTo(SocketAddress address) throws IOException {
    if (!(address instanceof InetSocketAddress)) return UnixSockets.openChannel();
    SocketChannel channel = SocketChannel.open();
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.setOption(StandardSocketOptions.SO_SNDBUF, SocketLoop.SEND_BUFFER_BYTES);
    channel.setOption(StandardSocketOptions.SO_RCVBUF, SocketLoop.RECEIVE_BUFFER_BYTES);
    return channel;
  }

  private void awaitAnswer(SocketChannel channel) throws IOException {
    SelectionKey unused = relay.watch(channel, SelectionKey.OP_CONNECT, this);
    relay.wakeAfter(this, DIAL_NANOS);
  }

  @Override
  public void ready(SelectionKey key) {
    SocketChannel channel = dialed;
    if (channel == null) return;
    try {
      if (channel.finishConnect()) answered(channel);
    } catch (IOException e) {
      noAnswer(e);
    }
  }

  private void answered(SocketChannel channel) throws IOException {
    if (isItself(channel)) throw new ConnectException("answered by itself");
    dialed = null;
    wanted = false; // that door is for this one
    since = System.nanoTime();
    try {
      stream = RelayedStream.join(relay, door, this, channel);
    } catch (IOException e) {
      RelayedStream.close(channel);
      logFailure(e);
      lost();
    }
  }

  /** Who dials a free port of his own machine often enough may be given that very port. */
  private static boolean isItself(SocketChannel channel) throws IOException {
    return channel.getRemoteAddress() instanceof InetSocketAddress remote
        && remote.equals(channel.getLocalAddress());
  }

  private void noAnswer(IOException reason) {
    RelayedStream.close(dialed);
    dialed = null;
    if (!warned && !isAbsence(reason)) {
      warned = true;
      LOG.log(Level.WARNING, "cannot connect to " + endpoint + " yet, and keeps trying", reason);
    }
    pause();
  }

  private static boolean isAbsence(IOException reason) {
    if (reason instanceof ConnectException) return true;
    String message = reason.getMessage();
    return UnixSockets.ABSENT.equals(message) || UnixSockets.QUEUE_FULL.equals(message);
  }

  private void pause() {
    pauseMillis = Math.min(Math.max(SHORTEST_PAUSE_MILLIS, 2 * pauseMillis), LONGEST_PAUSE_MILLIS);
    long nanos = TimeUnit.MILLISECONDS.toNanos(pauseMillis);
    notBefore = System.nanoTime() + nanos;
    relay.wakeAfter(this, nanos);
  }

  @Override
  void streamOver(RelayedStream ended) {
    if (System.nanoTime() - since >= STEADY_NANOS) pauseMillis = 0;
    lost();
    if (isFinishing()) relay.wake(this);
  }

  private void lost() {
    stream = null;
    pause();
    doorNeeded = true;
  }

  @Override
  void absorb() {
    RelayedStream open = stream;
    if (open != null) open.absorb();
  }

  @Override
  boolean isBacklogged() {
    RelayedStream open = stream;
    return open != null && open.isBacklogged();
  }

  @Override
  long lastRead() {
    RelayedStream open = stream;
    return open == null ? Long.MIN_VALUE : open.lastRead();
  }

  @Override
  boolean hasStreams() {
    return stream != null;
  }

  @Override
  void finishNow(boolean all) {
    RelayedStream.close(dialed);
    dialed = null;
    if (!all || stream == null) return;
    stream.release();
    stream = null;
  }

  @Override
  public void failed(Throwable failure) {
    logFailure(failure);
    finishNow(true);
    if (isFinishing()) settle();
    else lost();
  }
}
