package dev.broadside.users.feed;

import dev.broadside.users.TransactionContext;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The draws of one run, from all of its feeders. Thread-safe. */
final class FeedDraws implements AutoCloseable {
  private final Map<Feeder<?>, Draws<?>> draws = new ConcurrentHashMap<>(); // by identity

  @SuppressWarnings("unchecked") // put there for the feeder by itself
  <T> Draws<T> of(Feeder<T> feeder, TransactionContext context) {
    Draws<?> there = draws.get(feeder);
    if (there == null) there = draws.computeIfAbsent(feeder, key -> key.begin(context));
    return (Draws<T>) there;
  }

  @Override
  public void close() {
    draws.values().forEach(Draws::close);
  }
}
