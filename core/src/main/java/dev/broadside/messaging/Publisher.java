package dev.broadside.messaging;

import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

/**
 * Publishes messages over a PUB socket that a thread of its own owns. A subscriber that is too slow
 * misses messages: PUB never waits. Thread-safe.
 */
public final class Publisher implements AutoCloseable {
  private static final long CLOSE_MILLIS = 2000;

  private final Loop loop;

  private Publisher(Builder settings) {
    loop = new Loop(settings);
    loop.open();
  }

  /**
   * A publisher that binds the endpoint, unless told to connect to it.
   *
   * @param context what owns the I/O threads; closed by its owner, after this publisher
   */
  public static Builder builder(MessagingContext context, Endpoint endpoint) {
    return new Builder(context, endpoint);
  }

  /**
   * Publishes a message; returns at once.
   *
   * @param frames one or more; the first begins with the topic
   * @throws ClosedException if this publisher is closed
   */
  public void publish(byte[]... frames) {
    if (frames.length == 0) throw new IllegalArgumentException("a message has at least one frame");
    for (byte[] frame : frames) Objects.requireNonNull(frame, "frame");
    if (loop.isClosing()) throw new ClosedException("this publisher");
    loop.queue.add(frames.clone());
  }

  /** Where it is bound, with the port that the system picked for port 0. */
  public Endpoint endpoint() {
    return loop.openedEndpoint();
  }

  /**
   * Publishes what is queued, then closes the socket. The port is free for certain once the context
   * is closed too.
   */
  @Override
  public void close() {
    loop.requestClose();
    loop.awaitClosed(CLOSE_MILLIS);
  }

  /** Owns the PUB socket. */
  private static final class Loop extends SocketLoop {
    private final LinkedBlockingQueue<byte[][]> queue = new LinkedBlockingQueue<>();

    Loop(Builder settings) {
      super(SocketType.PUB, settings, new Connection(settings.endpoint, settings.listener));
    }

    @Override
    void configure(ZMQ.Socket pub) {
      pub.setLinger((int) CLOSE_MILLIS);
    }

    @Override
    long flushDeadline() {
      return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CLOSE_MILLIS);
    }

    @Override
    void work(ZMQ.Socket pub) {
      while (!isClosing()) {
        send(pub, next());
        tend(pub);
      }
      for (byte[][] rest = queue.poll(); rest != null; rest = queue.poll()) send(pub, rest);
    }

    private byte @Nullable [][] next() {
      try {
        return queue.poll(TICK_MILLIS, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        return null; // nobody interrupts a thread that owns a socket
      }
    }

    private static void send(ZMQ.Socket pub, byte @Nullable [][] frames) {
      if (frames == null) return;
      for (int i = 0; i < frames.length - 1; i++) pub.send(frames[i], ZMQ.SNDMORE);
      pub.send(frames[frames.length - 1], 0);
    }
  }

  /** Settings of a {@link Publisher}. */
  public static final class Builder extends SocketSettings<Builder> {
    private Builder(MessagingContext context, Endpoint endpoint) {
      super(context, endpoint, true);
    }

    @Override
    Builder self() {
      return this;
    }

    /** Whether the socket binds its endpoint or connects to it. Default it binds. */
    public Builder bind(boolean bind) {
      this.bind = bind;
      return this;
    }

    /**
     * Opens the socket.
     *
     * @throws MessagingException if that fails, saying why
     */
    public Publisher open() {
      return new Publisher(this);
    }
  }
}
