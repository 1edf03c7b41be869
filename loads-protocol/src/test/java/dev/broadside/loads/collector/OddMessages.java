package dev.broadside.loads.collector;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;

/** What a runner of somebody else may send. Each message is a list of frames. */
final class OddMessages {
  static final String GOOD =
      "{\"data_type\": \"addSuccess\", \"agent_id\": \"odd\", \"run_id\": \"\", \"test\": \"t\","
          + " \"loads_status\": [3, 2, 1, 1]}";
  private static final String HIT =
      "{\"data_type\": \"add_hit\", \"agent_id\": \"odd\", \"run_id\": \"\", \"url\": \"http://a/\","
          + " \"method\": \"GET\", \"status\": 200, \"started\": \"2026-11-21T20:49:33\","
          + " \"elapsed\": 0.5, \"loads_status\": null}";
  private static final String ERROR =
      GOOD.replace("addSuccess", "addError")
          .replace("\"test\"", "\"exc_info\": [\"a\", \"b\", \"c\"], \"test\"");
  private static final String SOCKET =
      "{\"data_type\": \"socket_message\", \"agent_id\": \"odd\", \"run_id\": \"\", \"size\": 5}";
  private static final String COUNTER =
      GOOD.replace("addSuccess", "incr_counter").replace("\"test\"", "\"name\": \"n\", \"test\"");

  private OddMessages() {}

  /** What is no message of Loads. */
  static List<List<byte[]>> bad() {
    List<List<byte[]>> bad = new ArrayList<>();
    texts().forEach(text -> bad.add(List.of(text.getBytes(UTF_8))));
    for (int length = 1; length < GOOD.length(); length += 17) { // cut short
      bad.add(List.of(GOOD.substring(0, length).getBytes(UTF_8)));
    }
    for (String key : List.of("data_type", "run_id", "test", "loads_status")) {
      bad.add(List.of(without(GOOD, key).getBytes(UTF_8)));
    }
    for (String key : List.of("url", "method", "status", "started", "elapsed")) {
      bad.add(List.of(without(HIT, key).getBytes(UTF_8)));
    }
    for (String value : List.of("null", "true", "[]", "{}", "NaN", "Infinity", "1e400", "\"x\"")) {
      bad.add(List.of(with(HIT, "elapsed", value).getBytes(UTF_8)));
      bad.add(List.of(with(HIT, "status", value).getBytes(UTF_8)));
      bad.add(List.of(with(SOCKET, "size", value).getBytes(UTF_8)));
    }
    bad.add(List.of(new byte[0]));
    bad.add(List.of(new byte[1_000_000]));
    bad.add(List.of("[".repeat(100_000).getBytes(UTF_8)));
    bad.add(List.of("{\"x\":".repeat(5000).getBytes(UTF_8)));
    bad.add(List.of(GOOD.replace("odd", "\u00ff\u00fe").getBytes(ISO_8859_1)));
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
        GOOD + " x",
        GOOD.replace('"', '\''),
        GOOD.replace("]}", "],}"),
        GOOD.replace("odd", "\\ud8"),
        GOOD.replace("odd", "\\x"),
        GOOD.replace("odd", "line\nbreak"),
        "/* a comment */" + GOOD,
        GOOD.replace("addSuccess", "addVictory"),
        GOOD.replace("addSuccess", ""),
        GOOD.replace("\"addSuccess\"", "5"),
        GOOD.replace("\"addSuccess\"", "null"),
        GOOD.replace("\"test\"", "\"test_name\""),
        with(GOOD, "test", "null"),
        with(GOOD, "test", "{\"name\": \"t\"}"),
        GOOD.replace("[3, 2, 1, 1]", "null"),
        GOOD.replace("[3, 2, 1, 1]", "[]"),
        GOOD.replace("[3, 2, 1, 1]", "[3, 2, 1]"),
        GOOD.replace("[3, 2, 1, 1]", "[3, 2, 1, 1, 9]"),
        GOOD.replace("[3, 2, 1, 1]", "[3, 2, 1, 1.5]"),
        GOOD.replace("[3, 2, 1, 1]", "[3, 2, 1, null]"),
        GOOD.replace("[3, 2, 1, 1]", "[3, 2, 1, 99999999999]"),
        GOOD.replace("[3, 2, 1, 1]", "\"3,2,1,x\""),
        ERROR.replace("[\"a\", \"b\", \"c\"]", "[\"a\", \"b\"]"),
        ERROR.replace("[\"a\", \"b\", \"c\"]", "[\"a\", \"b\", 5]"),
        ERROR.replace("[\"a\", \"b\", \"c\"]", "\"a\""),
        ERROR.replace("exc_info", "exc"),
        COUNTER.replace("\"n\"", "5"),
        COUNTER.replace("\"name\"", "\"counter\""),
        "{\"data_type\": \"batch\", \"agent_id\": \"odd\", \"run_id\": \"\"}",
        "{\"data_type\": \"batch\", \"agent_id\": \"odd\", \"run_id\": \"\", \"counts\": []}",
        "{\"data_type\": \"batch\", \"agent_id\": \"odd\", \"run_id\": \"\", \"counts\": {\"addSuccess\":"
            + " [5]}}",
        "{\"data_type\": \"batch\", \"agent_id\": \"odd\", \"run_id\": \"\", \"counts\": {\"addSuccess\":"
            + " 5}}");
  }

  private static String without(String message, String key) {
    return message.replace("\"" + key + "\"", "\"other\"");
  }

  private static String with(String message, String key, String value) {
    return message.replaceFirst(
        "\"" + key + "\": (\"[^\"]*\"|[^,}]*)",
        Matcher.quoteReplacement("\"" + key + "\": " + value));
  }
}
