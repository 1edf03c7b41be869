package dev.broadside.messaging;

import java.lang.System.Logger.Level;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/**
 * The ZeroMQ context that the sockets of one owner (a turret, a headquarters, a reporter) share. It
 * costs two threads, and a third one as soon as a socket is relayed. Thread-safe.
 *
 * <p>Close what was opened from it first: {@link #close()} waits until closed sockets have handed
 * what they hold to the network, each within its own close timeout. Under an open socket it may not
 * return.
 */
public final class MessagingContext implements AutoCloseable {
  private static final LazyLogger LOG = new LazyLogger(MessagingContext.class);

  private final ZContext zmq;
  private final String name;
  private @Nullable Relay relay; // guarded by this object's lock

  private MessagingContext(String name) {
    this.name = name;
    zmq = new ZContext();
    zmq.setNotificationExceptionHandler((thread, e) -> log(Level.DEBUG, thread, e));
    zmq.setUncaughtExceptionHandler((thread, e) -> log(Level.ERROR, thread, e));
    zmq.setThreadFactor((task, zmqName) -> daemon(task, name + "-" + zmqName));
  }

  /**
   * A context of its own.
   *
   * @param name the owner's name, the beginning of its threads' names
   */
  public static MessagingContext create(String name) {
    return new MessagingContext(Objects.requireNonNull(name, "name"));
  }

  /** JeroMQ would print it on stderr; what it goes on after is of no concern to anyone. */
  private static void log(Level level, Thread thread, Throwable failure) {
    LOG.log(level, thread.getName() + ": JeroMQ failed", failure);
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  ZMQ.Socket createSocket(SocketType type) {
    if (zmq.isClosed()) throw new ClosedException("this messaging context");
    return zmq.createSocket(type);
  }

  ZMQ.Poller createPoller(int sockets) {
    return zmq.createPoller(sockets);
  }

  /** The relay of the sockets that need one. */
  synchronized Relay relay() {
    if (zmq.isClosed()) throw new ClosedException("this messaging context");
    if (relay == null) relay = Relay.open(name + "-relay");
    return relay;
  }

  /** Frees the context, after its closed sockets have flushed. May be called twice. */
  @Override
  public void close() {
    zmq.close();
    closeRelay();
  }

  private synchronized void closeRelay() {
    if (relay != null) relay.close();
  }
}
