package dev.broadside.users;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * One object of each class, made when it is first asked for. What is closeable is closed with them,
 * the last one first. Thread-safe.
 */
final class ScopedObjects implements AutoCloseable {
  private static final Logger LOG = System.getLogger(ScopedObjects.class.getName());

  private final Map<Class<?>, Object> objects = new ConcurrentHashMap<>();
  private final Deque<AutoCloseable> closeables = new ArrayDeque<>(); // this and closed by the lock
  private final ReentrantLock making = new ReentrantLock(); // a monitor would pin virtual threads
  private boolean closed;

  /** The one that is there, or what the maker makes. */
  <T> T get(Class<T> type, Supplier<? extends T> maker) {
    Object there = objects.get(Objects.requireNonNull(type, "type"));
    return type.cast(there != null ? there : make(type, Objects.requireNonNull(maker, "maker")));
  }

  private <T> Object make(Class<T> type, Supplier<? extends T> maker) {
    making.lock();
    try {
      Object there = objects.get(type);
      if (there != null) return there;
      if (closed) throw new IllegalStateException("no " + type.getSimpleName() + " after the end");
      T made = maker.get();
      if (made == null) throw new NullPointerException("no " + type.getSimpleName() + " was made");
      if (made instanceof AutoCloseable closeable) closeables.push(closeable);
      objects.put(type, made);
      return made;
    } finally {
      making.unlock();
    }
  }

  @Override
  public void close() {
    making.lock();
    try {
      closed = true;
      while (!closeables.isEmpty()) close(closeables.pop());
    } finally {
      making.unlock();
    }
  }

  private static void close(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Throwable e) {
      LOG.log(Level.WARNING, closeable.getClass().getSimpleName() + ".close() failed", e);
    }
  }
}
