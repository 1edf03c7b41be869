package dev.broadside.report;

/** Texts as they stand in an attribute or between the tags of an XML 1.0 document. */
final class XmlText {
  private XmlText() {}

  /** Escaped, so that a parser returns it as it was, but for what XML forbids: that is U+FFFD. */
  static String of(String text) {
    StringBuilder xml = new StringBuilder(text.length());
    CleanText.of(text, XmlText::isAllowed).chars().forEach(c -> append(xml, (char) c));
    return xml.toString();
  }

  private static void append(StringBuilder xml, char c) {
    switch (c) {
      case '&' -> xml.append("&amp;");
      case '<' -> xml.append("&lt;");
      case '>' -> xml.append("&gt;");
      case '"' -> xml.append("&quot;");
      case '\t', '\n', '\r' -> xml.append("&#").append((int) c).append(';');
      default -> xml.append(c);
    }
  }

  /** The production Char of XML 1.0. */
  private static boolean isAllowed(int c) {
    if (c < ' ') return c == '\t' || c == '\n' || c == '\r';
    return CleanText.isCharacter(c) && c != 0xFFFE && c != 0xFFFF;
  }
}
