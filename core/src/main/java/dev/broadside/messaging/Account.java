package dev.broadside.messaging;

/**
 * What became of the messages given to a {@link MessageSender}. Once the sender is closed, {@code
 * produced == sent + dropped + unsent}; before that, what is missing waits in its queue.
 *
 * @param produced messages given to the sender
 * @param sent handed to ZeroMQ on a standing connection
 * @param dropped refused because the queue was full: at once ({@link OverflowPolicy#DROP}), or when
 *     the {@link MessageSender.Builder#patience patience} was over ({@link OverflowPolicy#BLOCK})
 * @param unsent still queued when the sender was closed, and lost with it; then up to {@link
 *     MessageSender#HIGH_WATER_MARK} messages inside ZeroMQ were counted as sent and lost too, and
 *     what the kernel's buffers held
 * @param disconnects how often an established connection broke; each time up to {@link
 *     MessageSender#HIGH_WATER_MARK} messages inside ZeroMQ, and what the kernel's buffers held,
 *     were counted as sent but may not have arrived
 */
public record Account(long produced, long sent, long dropped, long unsent, long disconnects) {
  /** The account of a sender that was never used. */
  public static final Account EMPTY = new Account(0, 0, 0, 0, 0);

  /**
   * Both accounts as one.
   *
   * @param other the account to add
   */
  public Account plus(Account other) {
    return new Account(
        produced + other.produced,
        sent + other.sent,
        dropped + other.dropped,
        unsent + other.unsent,
        disconnects + other.disconnects);
  }
}
