package dev.broadside.messaging;

import java.nio.charset.StandardCharsets;
import org.zeromq.SocketType;

/**
 * Receives published messages over a SUB socket that a thread of its own owns, and calls a handler
 * on that thread. Thread-safe.
 *
 * <p>A subscription reaches the publisher some time after the connection stands; what is published
 * before is missed, and nothing tells (docs/protocols.md 1.3).
 */
public final class Subscriber implements AutoCloseable {
  private static final long CLOSE_MILLIS = 5000;

  private final ReceivingLoop loop;

  private Subscriber(Builder settings) {
    loop = new ReceivingLoop(SocketType.SUB, settings);
    loop.open();
  }

  /**
   * A subscriber that connects to the endpoint, unless told to bind it.
   *
   * @param context what owns the I/O threads; closed by its owner, after this subscriber
   * @param handler gets every message, on the subscriber's thread
   */
  public static Builder builder(
      MessagingContext context, Endpoint endpoint, MessageHandler handler) {
    return new Builder(context, endpoint, handler);
  }

  /**
   * Stops receiving and waits for the handler's last call, unless the handler itself calls this.
   */
  @Override
  public void close() {
    loop.requestClose();
    loop.awaitClosed(CLOSE_MILLIS);
  }

  /** Settings of a {@link Subscriber}. */
  public static final class Builder extends ReceiverSettings<Builder> {
    private Builder(MessagingContext context, Endpoint endpoint, MessageHandler handler) {
      super(context, endpoint, false, handler);
    }

    @Override
    Builder self() {
      return this;
    }

    /** Adds a topic: messages that begin with it are received. The empty one means all. */
    public Builder topic(String topic) {
      subscriptions.add(topic.getBytes(StandardCharsets.UTF_8));
      return this;
    }

    /**
     * Opens the socket.
     *
     * @throws MessagingException if that fails, saying why
     */
    public Subscriber open() {
      return new Subscriber(this);
    }
  }
}
