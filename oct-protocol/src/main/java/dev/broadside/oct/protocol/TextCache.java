package dev.broadside.oct.protocol;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Texts that come over and over, by the bytes they were read from: so that they are made once. Its
 * size is bounded: of two that want the same place the later one has it. Not thread-safe.
 */
final class TextCache {
  private static final int PLACES = 4096; // a power of two
  private static final int MAX_BYTES = 200;

  private final @Nullable Entry[] places = new @Nullable Entry[PLACES];

  private static final class Entry {
    final byte[] bytes;
    final String text;

    Entry(byte[] bytes, String text) {
      this.bytes = bytes;
      this.text = text;
    }
  }

  /**
   * The text that was added for these bytes; null if it is not known any more.
   *
   * @param hash what the reader has made of these bytes, always the same
   */
  @Nullable String find(int hash, byte[] source, int from, int to) {
    Entry entry = places[place(hash)];
    if (entry == null) return null;
    return Arrays.equals(entry.bytes, 0, entry.bytes.length, source, from, to) ? entry.text : null;
  }

  /** Keeps it, unless it is a long one. */
  void add(int hash, byte[] source, int from, int to, String text) {
    if (to - from > MAX_BYTES) return;
    places[place(hash)] = new Entry(Arrays.copyOfRange(source, from, to), text);
  }

  private static int place(int hash) {
    return (hash ^ hash >>> 12) & (PLACES - 1);
  }
}
