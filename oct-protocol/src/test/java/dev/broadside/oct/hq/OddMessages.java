package dev.broadside.oct.hq;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a turret of somebody else may send. Each message is a list of frames. */
final class OddMessages {
  static final String GOOD =
      "{\"turret_name\": \"odd\", \"elapsed\": 0.25, \"epoch\": 1453731738, \"scriptrun_time\": 0.125,"
          + " \"error\": \"\", \"custom_timers\": {\"a timer\": 0.0625}}";
  private static final String TIMERS = "{\"a timer\": 0.0625}";
  private static final String STATUS =
      "{\"turret\": \"odd\", \"status\": \"ready\", \"uuid\": \"U-odd\", \"rampup\": 2,"
          + " \"script\": \"s.py\", \"cannons\": 2}";

  private OddMessages() {}

  /** What is no message of OCT. */
  static List<List<byte[]>> bad() {
    List<List<byte[]>> bad = new ArrayList<>();
    texts().forEach(text -> bad.add(List.of(text.getBytes(UTF_8))));
    for (int length = 1; length < GOOD.length(); length += 17) { // cut short
      bad.add(List.of(GOOD.substring(0, length).getBytes(UTF_8)));
    }
    for (String value :
        List.of("null", "true", "[]", "{}", "NaN", "Infinity", "-Infinity", "1e400")) {
      for (String key : List.of("elapsed", "epoch", "scriptrun_time")) {
        bad.add(List.of(with(GOOD, key, value).getBytes(UTF_8)));
      }
      bad.add(List.of(with(GOOD, "a timer", value).getBytes(UTF_8)));
      bad.add(List.of(with(STATUS, "rampup", value).getBytes(UTF_8)));
      bad.add(List.of(with(STATUS, "cannons", value).getBytes(UTF_8)));
    }
    for (String key : List.of("elapsed", "epoch", "scriptrun_time", "error", "custom_timers")) {
      bad.add(List.of(GOOD.replace("\"" + key + "\"", "\"other\"").getBytes(UTF_8)));
    }
    for (String key : List.of("turret", "status", "uuid", "rampup", "script", "cannons")) {
      bad.add(List.of(STATUS.replace("\"" + key + "\"", "\"other\"").getBytes(UTF_8)));
    }
    bad.add(List.of(new byte[0]));
    bad.add(List.of(new byte[1_000_000]));
    bad.add(List.of("[".repeat(100_000).getBytes(UTF_8)));
    bad.add(List.of(with(GOOD, "a timer", "{\"x\":".repeat(5000)).getBytes(UTF_8)));
    bad.add(List.of(("\ufeff" + GOOD).getBytes(UTF_8)));
    bad.add(List.of(GOOD.replace("odd", "\u00ff\u00fe").getBytes(ISO_8859_1)));
    bad.add(List.of(GOOD.replace("odd", "\u00c0\u00af").getBytes(ISO_8859_1))); // an overlong slash
    bad.add(List.of(GOOD.getBytes(UTF_8), GOOD.getBytes(UTF_8)));
    bad.add(List.of(new byte[0], GOOD.getBytes(UTF_8)));
    bad.add(List.of(GOOD.getBytes(UTF_8), new byte[0], new byte[0]));
    return bad;
  }

  private static List<String> texts() {
    return List.of(
        " ",
        "not json",
        "null",
        "true",
        "5",
        "\"text\"",
        "[]",
        "[" + GOOD + "]",
        "{}",
        GOOD + "}",
        GOOD + GOOD,
        GOOD + " x",
        GOOD.replace('"', '\''),
        GOOD.replace("}}", "},}"),
        GOOD.replace("odd", "\\ud8"),
        GOOD.replace("odd", "\\x"),
        GOOD.replace("odd", "line\nbreak"),
        "/* a comment */" + GOOD,
        with(GOOD, "turret_name", "null"),
        with(GOOD, "turret_name", "[]"),
        with(GOOD, "error", "[]"),
        with(GOOD, "error", "{}"),
        GOOD.replace(TIMERS, "[]"),
        GOOD.replace(TIMERS, "null"),
        GOOD.replace(TIMERS, "5"),
        GOOD.replace(TIMERS, "\"a timer\""),
        with(GOOD, "elapsed", "\"soon\""),
        with(GOOD, "elapsed", "\"\""),
        with(GOOD, "elapsed", "\"NaN\""),
        with(GOOD, "elapsed", "1e300"),
        with(GOOD, "elapsed", "00.5"),
        with(GOOD, "elapsed", "0x10"),
        with(GOOD, "elapsed", "9".repeat(2000)),
        with(GOOD, "a timer", "\"fast\""),
        with(STATUS, "uuid", "null"),
        with(STATUS, "status", "{}"));
  }

  /** What is unusual, and yet a result. */
  static List<List<byte[]>> accepted() {
    String megabyte = "x".repeat(1_000_000);
    String timers =
        IntStream.range(0, 2000)
            .mapToObj(i -> "\"t" + i + "\": 0.001")
            .collect(Collectors.joining(","));
    List<String> accepted =
        List.of(
            GOOD.replace("\"turret_name\": \"odd\", ", ""),
            GOOD.replace("{\"turret_name\"", "{\"extra\": {\"a\": [1]}, \"turret_name\""),
            with(GOOD, "elapsed", "\"0.25\""),
            with(GOOD, "epoch", "\"1453731738\""),
            with(GOOD, "scriptrun_time", "\" 1e-3 \""),
            with(GOOD, "a timer", "\"0.5\""),
            with(GOOD, "elapsed", "-0.001"),
            with(GOOD, "epoch", "1453731738000"),
            with(GOOD, "epoch", "0"),
            with(GOOD, "epoch", "-1e300"),
            with(GOOD, "error", "null"),
            with(GOOD, "error", "\"" + megabyte + "\""),
            with(GOOD, "error", "\"status\""),
            with(GOOD, "error", "\"\\ud800 alone\""),
            with(GOOD, "error", "\"\\u0000\""),
            with(GOOD, "error", "\"\\u001b[2J\""),
            with(GOOD, "error", "\"😀 \\ud83d\\ude00\""),
            with(GOOD, "turret_name", "\"" + megabyte + "\""),
            with(GOOD, "turret_name", "\"<script>alert(1)</script>\""),
            with(GOOD, "turret_name", "\"\""),
            GOOD.replace("a timer", "../../x"),
            GOOD.replace("a timer", "<img src=x>"),
            GOOD.replace("a timer", "x".repeat(40_000)),
            GOOD.replace("\"a timer\": 0.0625", ""),
            GOOD.replace("\"a timer\": 0.0625", timers),
            GOOD.replace("elapsed", "\\u0065lapsed"),
            GOOD.replace(", ", ",\r\n\t"),
            "  " + GOOD + "\n");
    return accepted.stream().map(text -> List.of(text.getBytes(UTF_8))).toList();
  }

  private static String with(String message, String key, String value) {
    return message.replaceFirst(
        "\"" + key + "\": (\"[^\"]*\"|[^,}]*)",
        Matcher.quoteReplacement("\"" + key + "\": " + value));
  }
}
