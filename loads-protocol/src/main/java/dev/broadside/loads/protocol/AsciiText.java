package dev.broadside.loads.protocol;

import java.nio.charset.StandardCharsets;

/**
 * Texts as the original programs survive them: ASCII, even after decoding. Source:
 * docs/protocols.md 2.2.
 */
final class AsciiText {
  private static final String HEX = "0123456789ABCDEF";
  private static final String NOT_IN_URLS = " \"<>\\^`{|}";
  private static final int REPLACEMENT = 0xfffd;

  private AsciiText() {}

  /** Every other character becomes its {@code \}{@code uXXXX} form, as Java source writes it. */
  static String of(String text) {
    int at = firstOther(text);
    if (at < 0) return text;
    StringBuilder ascii = new StringBuilder(text.length() + 32).append(text, 0, at);
    for (int i = at; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) ascii.append(c);
      else unicode(ascii, c);
    }
    return ascii.toString();
  }

  private static int firstOther(String text) {
    for (int i = 0; i < text.length(); i++) if (text.charAt(i) >= 0x80) return i;
    return -1;
  }

  private static void unicode(StringBuilder ascii, char c) {
    ascii.append('\\').append('u');
    for (int shift = 12; shift >= 0; shift -= 4) ascii.append(HEX.charAt((c >> shift) & 0xf));
  }

  /**
   * What may not stand in a URL is percent-encoded as UTF-8, and so is a percent sign that encodes
   * nothing; what is encoded stays as it is. A lone surrogate becomes U+FFFD.
   */
  static String url(String url) {
    int at = firstToEncode(url);
    if (at < 0) return url;
    StringBuilder encoded = new StringBuilder(url.length() + 32).append(url, 0, at);
    int c;
    for (int i = at; i < url.length(); i += Character.charCount(c)) {
      c = url.codePointAt(i);
      if (mayStandInUrl(url, i)) encoded.append((char) c);
      else percentEncode(encoded, c);
    }
    return encoded.toString();
  }

  private static int firstToEncode(String url) {
    for (int i = 0; i < url.length(); i++) if (!mayStandInUrl(url, i)) return i;
    return -1;
  }

  private static boolean mayStandInUrl(String url, int at) {
    char c = url.charAt(at);
    if (c == '%') return isHexDigit(url, at + 1) && isHexDigit(url, at + 2);
    return c > 0x20 && c < 0x7f && NOT_IN_URLS.indexOf(c) < 0;
  }

  private static boolean isHexDigit(String url, int at) {
    return at < url.length() && url.charAt(at) < 0x80 && Character.digit(url.charAt(at), 16) >= 0;
  }

  private static void percentEncode(StringBuilder encoded, int codePoint) {
    boolean alone = codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    String text = Character.toString(alone ? REPLACEMENT : codePoint);
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      encoded.append('%').append(HEX.charAt((b >> 4) & 0xf)).append(HEX.charAt(b & 0xf));
    }
  }
}
