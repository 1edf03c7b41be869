package dev.broadside.messaging;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** One direction of a relayed stream. Reads no further than it can write. */
final class Pump {
  private static final int READS_IN_A_TURN = 8; // then others have theirs

  private final SocketChannel from;
  private final SocketChannel to;
  private @Nullable ByteBuffer rest; // what was read and not yet written
  private final Deque<ByteBuffer> more = new ArrayDeque<>(); // behind the rest
  private long bytesRead;
  private boolean ended;
  private boolean discards;

  Pump(SocketChannel from, SocketChannel to) {
    this.from = from;
    this.to = to;
  }

  /**
   * Moves what can be moved now, through the buffer.
   *
   * @param absorb whether to read on, and keep it, though nothing can be written
   */
  void move(ByteBuffer buffer, boolean absorb) {
    if (isBlocked() && !writeRest() && !absorb) return;
    for (int i = 0; i < READS_IN_A_TURN && !ended; i++) {
      buffer.clear();
      int count = read(buffer);
      if (count < 0) ended = true;
      if (count <= 0) return;
      bytesRead += count;
      buffer.flip();
      if (!discards && !isBlocked()) write(buffer);
      if (!discards && buffer.hasRemaining()) {
        keep(buffer);
        if (!absorb) return;
      }
      if (count < buffer.capacity()) return; // that was all
    }
  }

  private int read(ByteBuffer buffer) {
    try {
      return from.read(buffer);
    } catch (IOException e) {
      return -1; // who is reset has said his last word too
    }
  }

  private void write(ByteBuffer buffer) {
    try {
      int unused = to.write(buffer);
    } catch (IOException e) {
      discard(); // the other direction may still have something to tell
    }
  }

  private boolean writeRest() {
    if (rest != null && !writeWhole(rest)) return false;
    for (ByteBuffer next = more.peek(); next != null; next = more.peek()) {
      if (!writeWhole(next)) return false;
      more.poll(); // gone already where everything is discarded now
    }
    return true;
  }

  private boolean writeWhole(ByteBuffer waiting) {
    if (waiting.hasRemaining()) write(waiting);
    return discards || !waiting.hasRemaining();
  }

  private void keep(ByteBuffer buffer) {
    if (isBlocked()) {
      more.add(ByteBuffer.allocate(buffer.remaining()).put(buffer).flip());
      return;
    }
    if (rest == null) rest = ByteBuffer.allocate(buffer.capacity());
    rest.clear();
    rest.put(buffer);
    rest.flip();
  }

  /** From now on reads only to see the end: nobody is there to write to. */
  void discard() {
    discards = true;
    rest = null;
    more.clear();
  }

  long bytesRead() {
    return bytesRead;
  }

  /** Whether it waits until it can write. */
  boolean isBlocked() {
    return !more.isEmpty() || (rest != null && rest.hasRemaining());
  }

  /** Whether it waits for something to read. */
  boolean reads(boolean absorb) {
    return !ended && (absorb || !isBlocked());
  }

  /** Whether the end was read and everything before it written. */
  boolean isDone() {
    return ended && !isBlocked();
  }
}
