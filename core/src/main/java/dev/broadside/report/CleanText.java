package dev.broadside.report;

import java.util.function.IntPredicate;

/** Texts that came from elsewhere, made fit for a file's format. */
final class CleanText {
  private static final int REPLACEMENT = 0xFFFD;

  private CleanText() {}

  /** The text, each character that is not allowed replaced by U+FFFD. */
  static String of(String text, IntPredicate allowed) {
    if (text.codePoints().allMatch(allowed)) return text;
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints().map(c -> allowed.test(c) ? c : REPLACEMENT).forEach(clean::appendCodePoint);
    return clean.toString();
  }

  /** Whether this is a character at all; half a surrogate pair has no encoding. */
  static boolean isCharacter(int c) {
    return c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE;
  }
}
