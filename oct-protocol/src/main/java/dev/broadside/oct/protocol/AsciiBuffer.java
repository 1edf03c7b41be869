package dev.broadside.oct.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** Bytes of JSON that is written by hand: grows as needed, and is used again and again. */
final class AsciiBuffer {
  private static final long NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final byte[] TRIPLES = triples();
  private static final int NUMBER_BYTES = 32; // a long and a point

  private byte[] bytes = new byte[512];
  private int size;

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** The digits of 000 to 999: three at a time take half as long as one after the other. */
  private static byte[] triples() {
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i < 1000; i++) digits.append(String.format("%03d", i));
    return ascii(digits.toString());
  }

  void clear() {
    size = 0;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  /** What was written as a text. */
  @Override
  public String toString() {
    return new String(bytes, 0, size, StandardCharsets.ISO_8859_1); // quicker than US_ASCII
  }

  void append(char c) {
    reserve(1);
    bytes[size++] = (byte) c;
  }

  void append(byte[] source) {
    reserve(source.length);
    System.arraycopy(source, 0, bytes, size, source.length);
    size += source.length;
  }

  /** Seconds with exactly nine decimals. */
  void seconds(long nanos) {
    long positive = Math.max(0, nanos);
    reserve(NUMBER_BYTES);
    number(positive / NANOS);
    bytes[size++] = '.';
    int decimals = (int) (positive % NANOS);
    triple(decimals / 1_000_000);
    triple(decimals / 1000 % 1000);
    triple(decimals % 1000);
  }

  /** A point and exactly six decimals. */
  void decimals(int millionths) {
    reserve(NUMBER_BYTES);
    bytes[size++] = '.';
    triple(millionths / 1000);
    triple(millionths % 1000);
  }

  private void number(long value) {
    if (value < 10) {
      bytes[size++] = (byte) ('0' + value);
      return;
    }
    int length = 1;
    for (long rest = value / 10; rest > 0; rest /= 10) length++;
    long rest = value;
    for (int at = size + length - 1; at >= size; at--) {
      bytes[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    size += length;
  }

  private void triple(int value) {
    int from = value * 3;
    bytes[size] = TRIPLES[from];
    bytes[size + 1] = TRIPLES[from + 1];
    bytes[size + 2] = TRIPLES[from + 2];
    size += 3;
  }

  private void reserve(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}
