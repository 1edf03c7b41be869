package dev.broadside.oct.protocol;

import java.util.HexFormat;

/** Resolves the escapes in what stands between the quotes of a JSON string. */
final class JsonEscapes {
  private static final String LETTERS = "\"\\/bfnrt";
  private static final String MEANINGS = "\"\\/\b\f\n\r\t";
  private static final int HEX_DIGITS = 4;

  private JsonEscapes() {}

  /** What the text means. */
  static String resolved(String text) throws UnusualJsonException {
    StringBuilder resolved = new StringBuilder(text.length());
    int from = 0;
    for (int escape = text.indexOf('\\'); escape >= 0; escape = text.indexOf('\\', from)) {
      boolean unicode = text.startsWith("u", escape + 1);
      resolved.append(text, from, escape);
      resolved.append(unicode ? unicode(text, escape + 2) : letter(text, escape + 1));
      from = escape + 2 + (unicode ? HEX_DIGITS : 0);
    }
    return resolved.append(text, from, text.length()).toString();
  }

  private static char letter(String text, int at) throws UnusualJsonException {
    int letter = at < text.length() ? LETTERS.indexOf(text.charAt(at)) : -1;
    if (letter < 0) throw new UnusualJsonException();
    return MEANINGS.charAt(letter);
  }

  private static char unicode(String text, int at) throws UnusualJsonException {
    int end = at + HEX_DIGITS;
    if (end > text.length()) throw new UnusualJsonException();
    for (int i = at; i < end; i++) {
      if (!HexFormat.isHexDigit(text.charAt(i))) throw new UnusualJsonException();
    }
    return (char) HexFormat.fromHexDigits(text, at, end);
  }
}
