package dev.broadside.messaging;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** One direction of a relayed stream. Reads no further than it can write. */
final class Pump {
  private static final int READS_IN_A_TURN = 8; // then others have theirs

  private final SocketChannel from;
  private final SocketChannel to;
  private @Nullable ByteBuffer rest; // what was read and not yet written
  private boolean ended;
  private boolean discards;

  Pump(SocketChannel from, SocketChannel to) {
    this.from = from;
    this.to = to;
  }

  /** Moves what can be moved now, through the buffer. */
  void move(ByteBuffer buffer) {
    if (isBlocked() && !writeRest()) return;
    for (int i = 0; i < READS_IN_A_TURN && !ended; i++) {
      buffer.clear();
      int count = read(buffer);
      if (count < 0) ended = true;
      if (count <= 0) return;
      buffer.flip();
      if (!discards) write(buffer);
      if (!discards && buffer.hasRemaining()) {
        keep(buffer);
        return;
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
    ByteBuffer waiting = rest;
    if (waiting == null) return true;
    write(waiting);
    return discards || !waiting.hasRemaining();
  }

  private void keep(ByteBuffer buffer) {
    if (rest == null) rest = ByteBuffer.allocate(buffer.capacity());
    rest.clear();
    rest.put(buffer);
    rest.flip();
  }

  /** From now on reads only to see the end: nobody is there to write to. */
  void discard() {
    discards = true;
    rest = null;
  }

  /** Whether it waits until it can write. */
  boolean isBlocked() {
    return rest != null && rest.hasRemaining();
  }

  /** Whether it waits for something to read. */
  boolean reads() {
    return !ended && !isBlocked();
  }

  /** Whether the end was read and everything before it written. */
  boolean isDone() {
    return ended && !isBlocked();
  }
}
