package dev.broadside.messaging;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

/**
 * Publishes messages over a PUB socket that a thread of its own owns. A subscriber that is too slow
 * misses messages: PUB never waits. One that connects, to a forwarder, hears who subscribes there.
 * Thread-safe.
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
   * @return false when it was dropped, since as many wait as the builder's capacity allows
   * @throws ClosedException if this publisher is closed
   */
  public boolean publish(byte[]... frames) {
    if (frames.length == 0) throw new IllegalArgumentException("a message has at least one frame");
    for (byte[] frame : frames) Objects.requireNonNull(frame, "frame");
    if (loop.isClosing()) throw new ClosedException("this publisher");
    return loop.queue.offer(frames.clone());
  }

  /**
   * Whether somebody behind the forwarder that it connects to has subscribed to anything, so that
   * what is published from now on has a way. One that binds cannot tell, and says yes.
   */
  public boolean isHeard() {
    return loop.heard;
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
    private static final int MESSAGES_BETWEEN_LOOKS = 256;

    private final LinkedBlockingQueue<byte[][]> queue;
    private final int highWaterMark;
    private final boolean hearsSubscriptions;
    private final Set<ByteBuffer> subscriptions = new HashSet<>(); // this loop's thread only
    volatile boolean heard;

    Loop(Builder settings) {
      super(
          settings.bind ? SocketType.PUB : SocketType.XPUB,
          settings,
          new Connection(settings.endpoint, settings.listener));
      this.queue = new LinkedBlockingQueue<>(settings.capacity);
      this.highWaterMark = settings.highWaterMark;
      this.hearsSubscriptions = !settings.bind;
      this.heard = settings.bind;
    }

    @Override
    void configure(ZMQ.Socket pub) {
      pub.setLinger((int) CLOSE_MILLIS);
      pub.setSndHWM(highWaterMark);
    }

    @Override
    long flushDeadline() {
      return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CLOSE_MILLIS);
    }

    @Override
    void work(ZMQ.Socket pub) {
      while (!isClosing()) {
        send(pub, next());
        for (int i = 1; i < MESSAGES_BETWEEN_LOOKS; i++) send(pub, queue.poll());
        if (hearsSubscriptions) hear(pub);
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

    /** A subscription is a 1 and the topic, its end a 0 and the topic. */
    private void hear(ZMQ.Socket xpub) {
      for (byte[] frame = xpub.recv(ZMQ.DONTWAIT); frame != null; frame = xpub.recv(ZMQ.DONTWAIT)) {
        if (frame.length == 0) continue;
        ByteBuffer topic = ByteBuffer.wrap(frame, 1, frame.length - 1);
        if (frame[0] == 1) subscriptions.add(topic);
        else if (frame[0] == 0) subscriptions.remove(topic);
      }
      heard = !subscriptions.isEmpty();
    }

    private static void send(ZMQ.Socket pub, byte @Nullable [][] frames) {
      if (frames == null) return;
      for (int i = 0; i < frames.length - 1; i++) pub.send(frames[i], ZMQ.SNDMORE);
      pub.send(frames[frames.length - 1], 0);
    }
  }

  /** Settings of a {@link Publisher}. */
  public static final class Builder extends SocketSettings<Builder> {
    private int capacity = Integer.MAX_VALUE;
    private int highWaterMark = MessageSender.HIGH_WATER_MARK;

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

    /** How many messages may wait to be published; further ones are dropped. Default: any. */
    public Builder capacity(int capacity) {
      if (capacity < 1) throw new IllegalArgumentException("capacity < 1: " + capacity);
      this.capacity = capacity;
      return this;
    }

    /** How many messages ZeroMQ may hold for a subscriber before it misses some. Default 1000. */
    public Builder highWaterMark(int messages) {
      if (messages < 1) throw new IllegalArgumentException("highWaterMark < 1: " + messages);
      this.highWaterMark = messages;
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
