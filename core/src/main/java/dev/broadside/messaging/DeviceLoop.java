package dev.broadside.messaging;

import dev.broadside.messaging.Device.Kind;
import java.lang.System.Logger.Level;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.zeromq.ZMQ;

/**
 * The thread of a device, which owns both of its sockets. JeroMQ's own proxy polls twice for each
 * message, and spins while a receiver holds it back; so this is a loop like those of other sockets.
 */
final class DeviceLoop {
  private static final LazyLogger LOG = new LazyLogger(Device.class);

  private static final int MESSAGES_IN_A_TURN = 1000;
  private static final long LAST_MILLIS = 1000;

  private final MessagingContext context;
  private final Kind kind;
  private final Endpoint frontend;
  private final Endpoint backend;
  private final Thread thread;
  private final CompletableFuture<Ends> opened = new CompletableFuture<>();
  private volatile long deadline; // once it is closing
  private volatile boolean closing;
  private volatile @Nullable Throwable failure;

  /** Where the sockets are bound. */
  record Ends(Endpoint frontend, Endpoint backend) {}

  DeviceLoop(MessagingContext context, Kind kind, Endpoint frontend, Endpoint backend) {
    this.context = context;
    this.kind = kind;
    this.frontend = frontend;
    this.backend = backend;
    this.thread = new Thread(this::run, kind.name().toLowerCase(Locale.ROOT));
    this.thread.setDaemon(true);
  }

  void open() {
    thread.start();
    try {
      opened.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException known ? known : e;
    }
  }

  Ends ends() {
    return opened.join();
  }

  void awaitEnd() throws InterruptedException {
    thread.join();
    Throwable cause = failure;
    if (cause != null) throw new MessagingException(thread.getName() + " failed", cause);
  }

  void close(long millis) {
    requestClose();
    try {
      thread.join(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void requestClose() {
    if (closing) return;
    deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LAST_MILLIS);
    closing = true;
  }

  private void run() {
    try (ZMQ.Socket front = context.createSocket(kind.frontend);
        ZMQ.Socket back = context.createSocket(kind.backend);
        ZMQ.Poller poller = context.createPoller(2)) {
      opened.complete(new Ends(bind(front, frontend), bind(back, backend)));
      poller.register(front, ZMQ.Poller.POLLIN);
      poller.register(back, ZMQ.Poller.POLLIN); // subscriptions go the other way
      while (!closing) turn(poller, front, back);
      last(front, back);
    } catch (RuntimeException | Error e) {
      if (!opened.completeExceptionally(e)) failed(e);
    }
  }

  private static Endpoint bind(ZMQ.Socket socket, Endpoint endpoint) {
    try {
      if (endpoint.host().startsWith("[")) socket.setIPv6(true);
      socket.setBacklog(SocketLoop.BACKLOG);
      socket.setReceiveBufferSize(SocketLoop.RECEIVE_BUFFER_BYTES);
      socket.setSendTimeOut(SocketLoop.TICK_MILLIS);
      socket.setLinger((int) LAST_MILLIS);
      socket.bind(endpoint.toString());
      return Endpoint.parse(socket.getLastEndpoint());
    } catch (RuntimeException e) {
      throw MessagingException.cannot("bind", endpoint, e);
    }
  }

  private void turn(ZMQ.Poller poller, ZMQ.Socket front, ZMQ.Socket back) {
    poller.poll(SocketLoop.TICK_MILLIS);
    if (poller.pollin(0)) passOn(front, back);
    if (poller.pollin(1)) passOn(back, front);
  }

  /** What has come in by now goes out, if somebody takes it in time. */
  private void last(ZMQ.Socket front, ZMQ.Socket back) {
    while (!isOver() && passOn(front, back)) {}
  }

  private boolean isOver() {
    return closing && System.nanoTime() - deadline >= 0;
  }

  /** Whether there was anything. */
  private boolean passOn(ZMQ.Socket from, ZMQ.Socket to) {
    int messages = 0;
    while (messages < MESSAGES_IN_A_TURN && passOnNext(from, to)) messages++;
    return messages > 0;
  }

  private boolean passOnNext(ZMQ.Socket from, ZMQ.Socket to) {
    byte[] frame = from.recv(ZMQ.DONTWAIT);
    if (frame == null) return false;
    while (from.hasReceiveMore()) {
      send(to, frame, ZMQ.SNDMORE);
      frame = from.recv(0);
    }
    send(to, frame, 0);
    return true;
  }

  /** Waits until somebody takes it. */
  private void send(ZMQ.Socket to, byte[] frame, int flags) {
    boolean sent = to.send(frame, flags);
    while (!sent && !isOver()) sent = to.send(frame, flags);
  }

  private void failed(Throwable cause) {
    failure = cause;
    LOG.log(Level.ERROR, thread.getName() + " failed", cause);
  }
}
