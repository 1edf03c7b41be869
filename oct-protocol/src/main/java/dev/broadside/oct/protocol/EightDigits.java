package dev.broadside.oct.protocol;

/** Eight decimal digits of a text, read at once. */
final class EightDigits {
  private static final long ZEROS = 0x3030303030303030L;
  private static final long HIGH_HALVES = 0xF0F0F0F0F0F0F0F0L;
  private static final long SIXES = 0x0606060606060606L; // carries what is above 9 to the high half
  private static final long PAIRS = 0x00FF00FF00FF00FFL;
  private static final long FOURS = 0x0000FFFF0000FFFFL;

  private EightDigits() {}

  /** Whether eight digits, or more, begin here. */
  static boolean areAt(byte[] text, int from) {
    if (from + EightBytes.LENGTH > text.length) return false;
    long eight = EightBytes.at(text, from);
    return (eight & HIGH_HALVES) == ZEROS && (eight + SIXES & HIGH_HALVES) == ZEROS;
  }

  /** Their number: neighbours are put together, ones to pairs, pairs to fours, fours to eight. */
  static long at(byte[] text, int from) {
    long ones = EightBytes.at(text, from) - ZEROS;
    long pairs = 10 * ones + (ones >>> 8) & PAIRS;
    long fours = 100 * pairs + (pairs >>> 16) & FOURS;
    return 10_000 * fours + (fours >>> 32) & 0xFFFFFFFFL;
  }
}
