package dev.broadside.report;

import java.util.List;

/** Names and error texts that a format may stumble over. */
final class HostileTexts {
  /** What every format can hold as it is. */
  static final List<String> HARMLESS =
      List.of(
          "<script>alert(1)</script>",
          "]]>&amp;&#0;",
          "a;b,c\td",
          "two\nlines",
          "two\r\nlines\r",
          "\"quoted\"",
          "\"",
          " blanks ",
          "=1+1",
          "../../etc/passwd",
          "\\N",
          "ünï\u2028cödé",
          "😀");

  /** What has to be replaced somewhere. */
  static final List<String> HARMFUL =
      List.of("a\0b", "a\ud800b", "\udc00\ud800", "bell \u0007 escape \u001b", "\uffff\ufffe");

  private HostileTexts() {}
}
