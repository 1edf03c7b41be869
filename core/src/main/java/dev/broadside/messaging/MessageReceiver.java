package dev.broadside.messaging;

import org.zeromq.SocketType;

/**
 * Receives messages over a PULL socket that a thread of its own owns, and calls a handler on that
 * thread. A slow handler holds the senders back. Thread-safe.
 */
public final class MessageReceiver implements AutoCloseable {
  private static final long CLOSE_MILLIS = 5000;

  private final ReceivingLoop loop;

  private MessageReceiver(Builder settings) {
    loop = new ReceivingLoop(SocketType.PULL, settings);
    loop.open();
  }

  /**
   * A receiver that binds the endpoint, unless told to connect to it.
   *
   * @param context what owns the I/O threads; closed by its owner, after this receiver
   * @param handler gets every message, on the receiver's thread
   */
  public static Builder builder(
      MessagingContext context, Endpoint endpoint, MessageHandler handler) {
    return new Builder(context, endpoint, handler);
  }

  /** Where it is bound, with the port that the system picked for port 0. */
  public Endpoint endpoint() {
    return loop.openedEndpoint();
  }

  /**
   * Stops receiving and waits for the handler's last call, unless the handler itself calls this.
   * The port is free for certain once the context is closed too.
   */
  @Override
  public void close() {
    loop.requestClose();
    loop.awaitClosed(CLOSE_MILLIS);
  }

  /** Settings of a {@link MessageReceiver}. */
  public static final class Builder extends ReceiverSettings<Builder> {
    private Builder(MessagingContext context, Endpoint endpoint, MessageHandler handler) {
      super(context, endpoint, true, handler);
    }

    @Override
    Builder self() {
      return this;
    }

    /**
     * Opens the socket.
     *
     * @throws MessagingException if that fails, saying why
     */
    public MessageReceiver open() {
      relayed = !bind; // a connect that stalls would have what a bound PUSH of JeroMQ deals out
      return new MessageReceiver(this);
    }
  }
}
