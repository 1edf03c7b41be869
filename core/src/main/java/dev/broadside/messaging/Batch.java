package dev.broadside.messaging;

/** Messages that travel together. Filled under the queue's lock, then read by one thread. */
final class Batch {
  private final byte[][] messages;
  private final boolean counted;
  private int size;

  private Batch(int limit, boolean counted) {
    this.messages = new byte[limit][];
    this.counted = counted;
  }

  /** A batch with room for so many messages. */
  static Batch of(int limit) {
    return new Batch(limit, true);
  }

  /** One message that stands outside of the account and the bound. */
  static Batch notice(byte[] message) {
    Batch notice = new Batch(1, false);
    notice.add(message);
    return notice;
  }

  void add(byte[] message) {
    messages[size++] = message;
  }

  byte[] get(int index) {
    return messages[index];
  }

  int size() {
    return size;
  }

  boolean isFull() {
    return size == messages.length;
  }

  boolean counted() {
    return counted;
  }
}
