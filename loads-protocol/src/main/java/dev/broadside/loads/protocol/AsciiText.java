package dev.broadside.loads.protocol;

import java.nio.charset.StandardCharsets;

/**
 * Texts as the original programs survive them: ASCII, even after decoding. Source:
 * docs/protocols.md 2.2.
 */
final class AsciiText {
  private static final String HEX = "0123456789ABCDEF";
  private static final String NOT_IN_URLS = " \"<>\\^`{|}";

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

  /** What may not stand in a URL is percent-encoded as UTF-8; what is encoded stays as it is. */
  static String url(String url) {
    int at = firstToEncode(url);
    if (at < 0) return url;
    StringBuilder encoded = new StringBuilder(url.length() + 32).append(url, 0, at);
    for (byte b : url.substring(at).getBytes(StandardCharsets.UTF_8)) {
      if (mayStandInUrl((char) (b & 0xff))) encoded.append((char) b);
      else encoded.append('%').append(HEX.charAt((b >> 4) & 0xf)).append(HEX.charAt(b & 0xf));
    }
    return encoded.toString();
  }

  private static int firstToEncode(String url) {
    for (int i = 0; i < url.length(); i++) if (!mayStandInUrl(url.charAt(i))) return i;
    return -1;
  }

  private static boolean mayStandInUrl(char c) {
    return c > 0x20 && c < 0x7f && NOT_IN_URLS.indexOf(c) < 0;
  }
}
