package dev.broadside.messaging;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What the builders of receiving sockets share.
 *
 * @param <B> the builder itself
 */
public abstract sealed class ReceiverSettings<B extends ReceiverSettings<B>>
    extends SocketSettings<B> permits MessageReceiver.Builder, Subscriber.Builder {
  final MessageHandler handler;
  final List<byte[]> subscriptions = new ArrayList<>();
  int highWaterMark = MessageSender.HIGH_WATER_MARK;
  Runnable onTick = () -> {};

  ReceiverSettings(
      MessagingContext context, Endpoint endpoint, boolean bind, MessageHandler handler) {
    super(context, endpoint, bind);
    this.handler = Objects.requireNonNull(handler, "handler");
  }

  /** Whether the socket binds its endpoint or connects to it. */
  public B bind(boolean bind) {
    this.bind = bind;
    return self();
  }

  /**
   * How many messages ZeroMQ may hold for each peer before it holds that peer back. Default 1000.
   */
  public B highWaterMark(int messages) {
    if (messages < 1) throw new IllegalArgumentException("highWaterMark < 1: " + messages);
    this.highWaterMark = messages;
    return self();
  }

  /**
   * Called on the socket's thread about each 10 ms, on a busy one after at most 64 messages.
   * Default: nothing.
   */
  public B onTick(Runnable onTick) {
    this.onTick = Objects.requireNonNull(onTick, "onTick");
    return self();
  }
}
