package dev.broadside.oct.store;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is to be written next under each key: only the latest counts. Thread-safe.
 *
 * @param <V> what is written
 */
final class LatestValues<V> {
  private Map<String, V> values = new LinkedHashMap<>();

  synchronized void put(String key, V value) {
    values.put(key, value);
  }

  /** All of them; none is left. */
  synchronized Map<String, V> take() {
    Map<String, V> taken = values;
    values = new LinkedHashMap<>();
    return taken;
  }

  /** These could not be written; what has come meanwhile is later. */
  synchronized void putBack(Map<String, V> earlier) {
    earlier.forEach(values::putIfAbsent);
  }
}
