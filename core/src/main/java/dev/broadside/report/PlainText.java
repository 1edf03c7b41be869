package dev.broadside.report;

/** Texts that came from elsewhere, made fit for a terminal. */
public final class PlainText {
  private PlainText() {}

  /**
   * The text in one line of at most so many characters. What could steer a terminal or turn the
   * direction of writing is shown as its code.
   */
  public static String of(String text, int maxChars) {
    StringBuilder plain = new StringBuilder();
    text.codePoints().limit(maxChars + 1L).forEach(c -> append(plain, c));
    return shortened(plain.toString(), maxChars);
  }

  private static void append(StringBuilder plain, int c) {
    if (isHarmless(c)) plain.appendCodePoint(c);
    else plain.append(String.format("\\u%04x", c));
  }

  private static boolean isHarmless(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }

  /** The text, its end left out where it has more than so many characters. */
  static String shortened(String text, int maxChars) {
    if (length(text) <= maxChars) return text;
    return text.substring(0, text.offsetByCodePoints(0, maxChars - 1)) + "…";
  }

  /** How many characters a terminal shows. */
  static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
