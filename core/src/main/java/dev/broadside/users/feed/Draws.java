package dev.broadside.users.feed;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** What the users of one run draw from a feeder. Thread-safe. */
abstract class Draws<T> implements AutoCloseable {
  private final ReentrantLock lock = new ReentrantLock(); // a monitor would pin virtual threads

  /** The next record, made on the calling thread. */
  final T next() {
    return draw().get();
  }

  private Supplier<T> draw() {
    lock.lock();
    try {
      return take();
    } finally {
      lock.unlock();
    }
  }

  /** Takes one, under the lock. */
  abstract Supplier<T> take();

  /** Frees what is held, under the lock. */
  void release() {}

  @Override
  public final void close() {
    lock.lock();
    try {
      release();
    } finally {
      lock.unlock();
    }
  }
}
