package dev.broadside.messaging;

import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;

/**
 * What the builders of all sockets share.
 *
 * @param <B> the builder itself
 */
public abstract sealed class SocketSettings<B extends SocketSettings<B>>
    permits MessageSender.Builder, Publisher.Builder, ReceiverSettings {
  final MessagingContext context;
  final Endpoint endpoint;
  boolean bind;
  boolean relayed;
  ConnectionListener listener = ConnectionListener.NONE;
  Consumer<? super Throwable> onFailure = failure -> {};
  private @Nullable String name;

  SocketSettings(MessagingContext context, Endpoint endpoint, boolean bind) {
    this.context = Objects.requireNonNull(context, "context");
    this.endpoint = Objects.requireNonNull(endpoint, "endpoint");
    this.bind = bind;
  }

  abstract B self();

  String threadName(SocketType type) {
    return name != null ? name : type.name().toLowerCase(java.util.Locale.ROOT) + "-" + endpoint;
  }

  /** The name of the socket's thread. Default: the kind of socket and its endpoint. */
  public B name(String name) {
    this.name = Objects.requireNonNull(name, "name");
    return self();
  }

  /** Hears of connections made and lost. Default: nobody. */
  public B listener(ConnectionListener listener) {
    this.listener = Objects.requireNonNull(listener, "listener");
    return self();
  }

  /** Hears, on the socket's thread, of a failure that ended it. It is logged anyway. */
  public B onFailure(Consumer<? super Throwable> onFailure) {
    this.onFailure = Objects.requireNonNull(onFailure, "onFailure");
    return self();
  }
}
