package dev.broadside.messaging;

import java.util.Objects;
import org.zeromq.SocketType;

/**
 * Passes on what many send to many who take it, so that neither side has to know the other: what
 * comes in at its frontend goes out at its backend. It binds both; one thread owns them.
 *
 * <p>It keeps hardly anything: a streamer that nobody takes from holds its senders back, and a
 * forwarder's subscriber that is too slow misses messages. What is under way when it is closed is
 * passed on if that takes less than a second. Thread-safe.
 */
public final class Device implements AutoCloseable {
  /** What a device passes on, and to whom. */
  public enum Kind {
    /** From all publishers to all subscribers that want it. */
    FORWARDER(SocketType.XSUB, SocketType.XPUB),
    /** From all PUSH sockets, each message to one of the PULL sockets in turn. */
    STREAMER(SocketType.PULL, SocketType.PUSH);

    final SocketType frontend;
    final SocketType backend;

    Kind(SocketType frontend, SocketType backend) {
      this.frontend = frontend;
      this.backend = backend;
    }
  }

  private static final long CLOSE_MILLIS = 5000;

  private final DeviceLoop loop;

  private Device(DeviceLoop loop) {
    this.loop = loop;
  }

  /**
   * Binds both ends and begins.
   *
   * @param context what owns the I/O threads; closed by its owner, after this device
   * @param frontend where senders connect, a tcp endpoint
   * @param backend where receivers connect, a tcp endpoint
   * @throws MessagingException if one cannot be bound, saying which and why
   */
  public static Device open(
      MessagingContext context, Kind kind, Endpoint frontend, Endpoint backend) {
    DeviceLoop loop =
        new DeviceLoop(
            Objects.requireNonNull(context, "context"),
            Objects.requireNonNull(kind, "kind"),
            Objects.requireNonNull(frontend, "frontend"),
            Objects.requireNonNull(backend, "backend"));
    loop.open();
    return new Device(loop);
  }

  /** Where senders connect, with the port that the system picked for port 0. */
  public Endpoint frontend() {
    return loop.ends().frontend();
  }

  /** Where receivers connect, with the port that the system picked for port 0. */
  public Endpoint backend() {
    return loop.ends().backend();
  }

  /**
   * Waits until it is closed.
   *
   * @throws MessagingException if it has failed instead
   */
  public void awaitEnd() throws InterruptedException {
    loop.awaitEnd();
  }

  /** Ends it, and frees both ports once the context is closed too. May be called twice. */
  @Override
  public void close() {
    loop.close(CLOSE_MILLIS);
  }
}
