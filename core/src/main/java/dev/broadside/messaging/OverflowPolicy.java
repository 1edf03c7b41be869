package dev.broadside.messaging;

/** What happens to a message that finds the queue of its sender full. */
public enum OverflowPolicy {
  /**
   * The thread that brings the message waits until there is room: forever, unless {@link
   * MessageSender.Builder#patience patience} bounds that; then the message is dropped and counted.
   */
  BLOCK,
  /** The message is dropped and counted; the thread goes on at once. */
  DROP
}
