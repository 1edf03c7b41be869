package dev.broadside.oct;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;

/** Orders that no turret can read. */
final class BadMessages {
  private BadMessages() {}

  static List<byte[]> orders() {
    List<byte[]> bad = new ArrayList<>();
    String good = " {\"command\":\"start\",\"msg\":\"open fire\"}";
    for (int length = 2; length < good.length(); length += 2) { // cut short
      bad.add(good.substring(0, length).getBytes(UTF_8));
    }
    for (String text : texts()) bad.add(text.getBytes(UTF_8));
    for (String text :
        List.of("\u00ff{}", "{\"command\":\"\u00e9\"}", "\u0080", "\u00c3\u0028 {}")) {
      bad.add(text.getBytes(ISO_8859_1)); // not UTF-8
    }
    bad.add(new byte[0]);
    bad.add(new byte[1_000_000]);
    bad.add("[".repeat(100_000).getBytes(UTF_8));
    bad.add(("{\"a\":".repeat(5_000) + "1" + "}".repeat(5_000)).getBytes(UTF_8));
    return bad;
  }

  private static List<String> texts() {
    return List.of(
        "not json",
        " not json",
        "start",
        " start",
        "\"start\"",
        "null",
        "true",
        "5",
        "[]",
        " []",
        "[{}]",
        "{}",
        " {}",
        " {\"msg\":\"open fire\"}",
        " {\"Command\":\"start\"}",
        " {\"command\":null}",
        " {\"command\":5}",
        " {\"command\":true}",
        " {\"command\":[\"start\"]}",
        " {\"command\":{\"a\":1}}",
        " {'command':'start'}",
        " {command:\"start\"}",
        " {\"command\":\"start\",}",
        " {\"command\":\"start\"}}",
        " {\"command\":\"start\"} x",
        " {\"command\":\"start\"}{\"command\":\"start\"}",
        " {\"command\":\"start\" \"msg\":1}",
        " {\"command\":\"sta\nrt\"}",
        " {\"command\":\"start\\x\"}",
        " {\"command\":\"set_transaction_context\",\"msg\":[]}",
        " {\"command\":\"set_transaction_context\",\"msg\":\"text\"}",
        " {\"command\":\"set_transaction_context\",\"msg\":5}",
        " {\"command\":\"set_transaction_context\",\"msg\":NaN}",
        " {\"command\":\"set_transaction_context\",\"msg\":{\"a\":}}",
        " {\"command\":\"start\",\"msg\":Infinity}",
        " {\"command\":\"start\",\"msg\":1e}",
        " {\"command\":\"start\",\"msg\":01}",
        " <html>{</html>",
        " {\"command\":\"stop\",\"msg\":\"\\ud8\"}");
  }
}
