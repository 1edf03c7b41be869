package dev.broadside.messaging;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Waits until ZeroMQ has written all that it was given to a connection. It does not tell; but as
 * long as it has something to write it fills the kernel's buffer, so where that has had room for a
 * while there is nothing left.
 */
final class WrittenOut {
  private static final LazyLogger LOG = new LazyLogger(WrittenOut.class);

  private static final long WHILE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private WrittenOut() {}

  /**
   * Returns once that is so, or nobody wants to wait any longer.
   *
   * @param channel what ZeroMQ writes to, on another thread
   */
  static void await(SelectableChannel channel, BooleanSupplier isOver) {
    try (Selector selector = channel.provider().openSelector()) {
      channel.register(selector, SelectionKey.OP_WRITE);
      long roomSince = System.nanoTime();
      while (!isOver.getAsBoolean() && System.nanoTime() - roomSince < WHILE_NANOS) {
        LockSupport.parkNanos(LOOK_NANOS);
        if (selector.selectNow(key -> {}) == 0) roomSince = System.nanoTime();
      }
    } catch (ClosedChannelException e) {
      // nothing can be written any more
    } catch (IOException e) {
      LOG.log(Level.WARNING, "closing without knowing whether the last messages have left", e);
    }
  }
}
