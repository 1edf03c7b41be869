package dev.broadside.users;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What the users of one run share: objects ({@link TransactionContext#perRun}), and the seeds of
 * random draws. Whoever makes it closes it when all users have ended. Thread-safe.
 */
public final class RunScope implements AutoCloseable {
  private final ScopedObjects objects = new ScopedObjects();
  private final Map<String, Long> seeds = new LinkedHashMap<>(); // guarded by itself

  /** The scope of a run that begins. */
  public RunScope() {}

  /** The scope of one of its users. */
  public UserScope user(UserContext user) {
    return user(user, System::nanoTime);
  }

  UserScope user(UserContext user, LongSupplier clock) {
    return new UserScope(user, this, clock, false);
  }

  <T> T get(Class<T> type, Supplier<? extends T> maker) {
    return objects.get(type, maker);
  }

  void seed(String name, long seed) {
    synchronized (seeds) {
      String free = name;
      for (int i = 2; seeds.containsKey(free); i++) free = name + " (" + i + ")";
      seeds.put(free, seed);
    }
  }

  /** The seeds that were told so far, by what was drawn. A copy. */
  public Map<String, Long> seeds() {
    synchronized (seeds) {
      return Collections.unmodifiableMap(new LinkedHashMap<>(seeds));
    }
  }

  /** Closes the objects; a failure is logged. */
  @Override
  public void close() {
    objects.close();
  }
}
