package dev.broadside.oct.protocol;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Eight decimal digits of a text read at once, as one {@code long}: the first is its lowest byte.
 */
final class EightDigits {
  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ZEROS = 0x3030303030303030L;
  private static final long HIGH_HALVES = 0xF0F0F0F0F0F0F0F0L;
  private static final long SIXES = 0x0606060606060606L; // carries what is above 9 to the high half
  private static final long PAIRS = 0x00FF00FF00FF00FFL;
  private static final long FOURS = 0x0000FFFF0000FFFFL;

  private EightDigits() {}

  /** Whether eight digits, or more, begin here. */
  static boolean areAt(byte[] text, int from) {
    if (from + 8 > text.length) return false;
    long eight = (long) EIGHT.get(text, from);
    return (eight & HIGH_HALVES) == ZEROS && (eight + SIXES & HIGH_HALVES) == ZEROS;
  }

  /** Their number: neighbours are put together, ones to pairs, pairs to fours, fours to eight. */
  static long at(byte[] text, int from) {
    long ones = (long) EIGHT.get(text, from) - ZEROS;
    long pairs = 10 * ones + (ones >>> 8) & PAIRS;
    long fours = 100 * pairs + (pairs >>> 16) & FOURS;
    return 10_000 * fours + (fours >>> 32) & 0xFFFFFFFFL;
  }
}
