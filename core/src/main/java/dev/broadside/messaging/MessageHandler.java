package dev.broadside.messaging;

import java.util.List;

/** Takes what a socket receives. Called on the thread that owns the socket. */
@FunctionalInterface
public interface MessageHandler {
  /**
   * A message has arrived. What this throws is logged, and costs that message only.
   *
   * @param frames its frames, at least one; the caller keeps no reference
   */
  void onMessage(List<byte[]> frames);
}
