package dev.broadside.metrics;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is kept for each name, of a bounded number of names: peers choose them, and a run may last
 * for days. All further names share one place. Names are kept up to 1000 characters. Only one
 * thread may call it.
 *
 * @param <V> what is kept
 */
public final class BoundedNames<V> {
  /** The name of the place that further names share. */
  public static final String OTHER = "(other)";

  private static final int MAX_CHARS = 1000;

  private static final Comparator<String> OTHER_LAST =
      Comparator.<String, Boolean>comparing(OTHER::equals).thenComparing(Comparator.naturalOrder());

  private final Map<String, V> places = new HashMap<>();
  private final Supplier<V> maker;
  private final int limit;

  /**
   * No names yet.
   *
   * @param limit how many names have a place of their own
   * @param maker makes what is kept for a name that is new
   */
  public BoundedNames(int limit, Supplier<V> maker) {
    this.limit = limit;
    this.maker = maker;
  }

  /** What is kept for this name. */
  public V at(String name) {
    V place = places.get(name);
    return place != null ? place : found(shortened(name, MAX_CHARS));
  }

  private V found(String name) {
    boolean room = places.size() < limit || places.containsKey(name);
    return places.computeIfAbsent(room ? name : OTHER, any -> maker.get());
  }

  /** The text, or its first so many characters and an ellipsis. */
  static String shortened(String text, int maxChars) {
    if (text.length() <= maxChars) return text;
    boolean splitsPair = Character.isHighSurrogate(text.charAt(maxChars - 1));
    return text.substring(0, splitsPair ? maxChars - 1 : maxChars) + "…";
  }

  /** What is kept for this name; null if it has no place of its own. */
  public @Nullable V find(String name) {
    return places.get(name);
  }

  /** All of them by name, what is shared at the end. */
  public Map<String, V> sorted() {
    Map<String, V> sorted = new TreeMap<>(OTHER_LAST);
    sorted.putAll(places);
    return sorted;
  }
}
