package dev.broadside.oct.protocol;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Texts as the original headquarters takes them: ASCII only, no lone surrogates, and never the
 * letters {@code status}, by which it tells statuses from results. Source: docs/protocols.md 1.5.
 */
final class WireText {
  /** Stands for a slash in timer names, which the original's report takes for a folder. */
  static final char DIVISION_SLASH = '\u2215';

  private static final String MARKER = "status";
  private static final char REPLACEMENT = '\ufffd';
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private WireText() {}

  /** The text as a JSON string, quotes included. */
  static byte[] quoted(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(text.length() + 16);
    out.write('"');
    for (int i = 0; i < text.length(); i++) {
      if (text.startsWith(MARKER, i)) unicode(out, MARKER.charAt(0));
      else escape(out, wellFormed(text, i));
    }
    out.write('"');
    return out.toByteArray();
  }

  /** A timer's name as it goes over the wire. */
  static String timerName(String name) {
    return name.replace('/', DIVISION_SLASH);
  }

  private static char wellFormed(String text, int index) {
    char c = text.charAt(index);
    if (!Character.isSurrogate(c)) return c;
    boolean paired =
        Character.isHighSurrogate(c)
            ? index + 1 < text.length() && Character.isLowSurrogate(text.charAt(index + 1))
            : index > 0 && Character.isHighSurrogate(text.charAt(index - 1));
    return paired ? c : REPLACEMENT;
  }

  private static void escape(ByteArrayOutputStream out, char c) {
    if (c == '"' || c == '\\') {
      out.write('\\');
      out.write(c);
    } else if (c < 0x20 || c > 0x7e) {
      unicode(out, c);
    } else {
      out.write(c);
    }
  }

  private static void unicode(ByteArrayOutputStream out, char c) {
    out.write('\\');
    out.write('u');
    for (int shift = 12; shift >= 0; shift -= 4) out.write(HEX[(c >> shift) & 0xf]);
  }
}
