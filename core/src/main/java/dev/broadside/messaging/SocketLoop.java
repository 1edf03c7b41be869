package dev.broadside.messaging;

import java.lang.System.Logger.Level;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

/** One thread that owns one socket: opens it, works with it until told to close, closes it. */
abstract class SocketLoop {
  /** How long a loop waits for its socket before it looks around again. */
  static final int TICK_MILLIS = 10;

  private static final LazyLogger LOG = new LazyLogger(SocketLoop.class);

  static final int SEND_BUFFER_BYTES = 64 * 1024; // what sits there is counted as sent

  /** On loopback a segment has 64 KiB: a buffer of that size reopens its window only by a timer. */
  static final int RECEIVE_BUFFER_BYTES = 256 * 1024;

  private static final int LOOPBACK_HANDSHAKE_MILLIS = 500;
  private static final int HANDSHAKE_MILLIS = 2000;

  /** So many may come at once; a connection over ZeroMQ's own 100 is a second late. */
  static final int BACKLOG = 1024;

  private final MessagingContext context;
  private final SocketType type;
  private final Endpoint endpoint;
  private final boolean bind;
  private final boolean relayed;
  private final Connection connection;
  private final Consumer<? super Throwable> onFailure;
  private final Thread thread;
  private final CompletableFuture<Endpoint> opened = new CompletableFuture<>();
  private @Nullable Hop hop; // this loop's thread only
  private volatile boolean closing;

  SocketLoop(SocketType type, SocketSettings<?> settings, Connection connection) {
    this.context = settings.context;
    this.type = type;
    this.endpoint = settings.endpoint;
    this.bind = settings.bind;
    this.relayed = settings.relayed || endpoint.scheme() == Endpoint.Scheme.IPC;
    this.connection = connection;
    this.onFailure = settings.onFailure;
    this.thread = new Thread(this::run, settings.threadName(type));
    this.thread.setDaemon(true);
  }

  /** Sets the options of this kind of socket, before it binds or connects. */
  abstract void configure(ZMQ.Socket socket);

  /** Works until {@link #isClosing()}, then settles what is left. */
  abstract void work(ZMQ.Socket socket);

  /** Starts the thread and waits until its socket is open. */
  final void open() {
    thread.start();
    try {
      opened.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException known ? known : e;
    }
  }

  private void run() {
    try {
      try (ZMQ.Socket socket = context.createSocket(type)) {
        prepare(socket);
        work(socket);
        if (hop != null) hop.retire(flushDeadline());
      } finally {
        if (hop != null) hop.finish(flushDeadline());
      }
    } catch (RuntimeException | Error e) {
      if (!opened.completeExceptionally(e)) failed(e);
    }
  }

  /** Until when what the closed socket sent may take its way through the relay. */
  long flushDeadline() {
    return System.nanoTime();
  }

  private void prepare(ZMQ.Socket socket) {
    try {
      socket.setReceiveBufferSize(RECEIVE_BUFFER_BYTES);
      configure(socket);
      opened.complete(relayed ? openRelayed(socket) : open(socket));
    } catch (RuntimeException e) {
      throw MessagingException.cannot(bind ? "bind" : "connect to", endpoint, e);
    }
  }

  private Endpoint open(ZMQ.Socket socket) {
    socket.setEventHook(connection, Connection.EVENTS);
    if (endpoint.host().startsWith("[")) socket.setIPv6(true);
    return bind ? bind(socket) : connect(socket);
  }

  private Endpoint bind(ZMQ.Socket socket) {
    socket.setBacklog(BACKLOG);
    socket.bind(endpoint.toString());
    return Endpoint.parse(socket.getLastEndpoint());
  }

  private Endpoint connect(ZMQ.Socket socket) {
    requireConnectable();
    socket.setSendBufferSize(SEND_BUFFER_BYTES); // a listening socket has none
    // JeroMQ's connect stall (docs/protocols.md 2.4) ends with the handshake interval
    socket.setHandshakeIvl(endpoint.isLoopback() ? LOOPBACK_HANDSHAKE_MILLIS : HANDSHAKE_MILLIS);
    socket.connect(endpoint.toString());
    return endpoint;
  }

  private void requireConnectable() {
    if (endpoint.scheme() == Endpoint.Scheme.IPC) return;
    if (endpoint.port() == 0 || endpoint.host().equals("*")) {
      throw new IllegalArgumentException("port 0 and host * are for binding only");
    }
  }

  private Endpoint openRelayed(ZMQ.Socket socket) {
    if (!bind) requireConnectable();
    LoopbackDoor door = new LoopbackDoor(connection, !bind);
    socket.setEventHook(door, LoopbackDoor.EVENTS);
    socket.setBacklog(BACKLOG);
    Relay relay = context.relay();
    Hop opening =
        bind ? new AcceptingHop(relay, door, endpoint) : new DialingHop(relay, door, endpoint);
    hop = opening;
    opening.open(socket);
    return endpoint;
  }

  /** Lets a relayed socket be dialed anew after a connection broke. To be called often. */
  final void tend(ZMQ.Socket socket) {
    if (hop != null) hop.tend(socket);
  }

  private void failed(Throwable failure) {
    closing = true; // nobody serves its queue any more
    LOG.log(Level.ERROR, thread.getName() + ": socket for " + endpoint + " failed", failure);
    onFailure.accept(failure);
  }

  /** Where the socket is bound, with the port that the system picked, or connected. */
  final Endpoint openedEndpoint() {
    return opened.join();
  }

  final boolean isRelayed() {
    return relayed;
  }

  final boolean isClosing() {
    return closing;
  }

  final boolean isOnLoopThread() {
    return Thread.currentThread() == thread;
  }

  /** Asks the loop to end; it notices within a tick. */
  final void requestClose() {
    closing = true;
  }

  /** Waits until the loop has ended, at most so long; at once when called by the loop itself. */
  final boolean awaitClosed(long millis) {
    if (isOnLoopThread()) return false;
    boolean interrupted = false;
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (thread.isAlive()) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) break;
      try {
        thread.join(left);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) Thread.currentThread().interrupt();
    return !thread.isAlive();
  }
}
