package dev.broadside.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlainTextTest {
  @Test
  void of_leavesTextAsItIs() {
    assertThat(PlainText.of("naïve 検索 😀 <b>", 40)).isEqualTo("naïve 検索 😀 <b>");
  }

  @Test
  void of_showsWhatCouldSteerATerminalAsItsCode() {
    assertThat(PlainText.of("\u001b[31mred\u0007\r\n\u009b2J", 60))
        .isEqualTo("\\u001b[31mred\\u0007\\u000d\\u000a\\u009b2J");
    assertThat(PlainText.of("a\u202eb\u2028c\ud800d", 60)).isEqualTo("a\\u202eb\\u2028c\\ud800d");
  }

  @Test
  void of_shortensByWholeCharacters() {
    assertThat(PlainText.of("12345", 5)).isEqualTo("12345");
    assertThat(PlainText.of("123456", 5)).isEqualTo("1234…");
    assertThat(PlainText.of("😀😀😀😀😀😀", 5)).isEqualTo("😀😀😀😀…");
    assertThat(PlainText.of("x".repeat(1_000_000), 5)).isEqualTo("xxxx…");
    assertThat(PlainText.of("\u0000\u0000", 5)).isEqualTo("\\u00…");
  }
}
