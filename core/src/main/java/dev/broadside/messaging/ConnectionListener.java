package dev.broadside.messaging;

/**
 * Hears of the connections of one socket. Called on an I/O thread of ZeroMQ, which serves all
 * sockets of the context: return at once, and never throw.
 */
public interface ConnectionListener {
  /** A listener that does nothing. */
  ConnectionListener NONE = new ConnectionListener() {};

  /** A peer has greeted: messages can flow. Called again after every reconnect. */
  default void connected() {}

  /** An established connection broke. A connecting socket dials again by itself. */
  default void disconnected() {}
}
