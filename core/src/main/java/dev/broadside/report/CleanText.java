package dev.broadside.report;

import java.util.function.IntPredicate;

/** Texts that came from elsewhere, made fit for a file's format. */
final class CleanText {
  private static final int REPLACEMENT = 0xFFFD;

  private CleanText() {}

  /** The text, each character that is not allowed replaced by U+FFFD. */
  static String of(String text, IntPredicate allowed) {
    if (isClean(text, allowed)) return text;
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints().map(c -> allowed.test(c) ? c : REPLACEMENT).forEach(clean::appendCodePoint);
    return clean.toString();
  }

  /** Without a stream: a run has many texts, and hardly any has to be changed. */
  private static boolean isClean(String text, IntPredicate allowed) {
    int i = 0;
    while (i < text.length()) {
      int c = text.codePointAt(i);
      if (!allowed.test(c)) return false;
      i += Character.charCount(c);
    }
    return true;
  }

  /** Whether this is a character at all; half a surrogate pair has no encoding. */
  static boolean isCharacter(int c) {
    return c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE;
  }
}
