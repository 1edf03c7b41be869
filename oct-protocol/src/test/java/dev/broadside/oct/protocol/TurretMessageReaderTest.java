package dev.broadside.oct.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the reader makes of a message is what the codec makes of it, whoever has read it. */
class TurretMessageReaderTest {
  private static final String RESULT =
      "{\"turret_name\": \"navi\", \"elapsed\": 0.25, \"epoch\": 1453731738, \"scriptrun_time\": 0.125,"
          + " \"error\": \"no\", \"custom_timers\": {\"a\": 0.5, \"b\": 2}}";

  private final TurretMessageReader reader = new TurretMessageReader();
  private final ResultReader byHand = new ResultReader();

  private void assertSameAsCodec(byte[] message) {
    List<byte[]> frames = List.of(message);
    TurretMessage expected;
    try {
      expected = OctCodec.decodeTurretMessage(frames);
    } catch (MalformedMessageException fault) {
      assertThatThrownBy(() -> reader.read(frames)).hasMessage(fault.getMessage());
      return;
    }
    assertThat(read(frames)).as(Excerpt.of(message)).isEqualTo(expected);
    if (!(expected instanceof TransactionResult result)) return;
    assertThat(((TransactionResult) read(frames)).customTimers().entrySet())
        .as("in their order")
        .containsExactlyElementsOf(result.customTimers().entrySet());
  }

  private TurretMessage read(List<byte[]> frames) {
    try {
      return reader.read(frames);
    } catch (MalformedMessageException e) {
      throw new AssertionError(e);
    }
  }

  private void assertSameAsCodec(String message) {
    assertSameAsCodec(message.getBytes(UTF_8));
  }

  private boolean isReadByHand(String message) {
    try {
      byHand.read(message.getBytes(UTF_8));
      return true;
    } catch (UnusualJsonException e) {
      return false;
    }
  }

  // ---- what is read by hand

  @Test
  void results_ofTurretsAreReadByHand() {
    List<GoldenFrames.Message> messages = GoldenFrames.fromTurrets();
    for (GoldenFrames.Message message : messages) assertSameAsCodec(message.frames().get(0));
    List<String> results =
        messages.stream()
            .map(GoldenFrames.Message::text)
            .filter(text -> text.contains("scriptrun_time"))
            .toList();
    assertThat(results).hasSizeGreaterThan(100).allMatch(this::isReadByHand);
  }

  @ParameterizedTest
  @MethodSource("usual")
  void usual_isReadByHandAsTheCodecReadsIt(String message) {
    assertThat(isReadByHand(message)).isTrue();
    assertSameAsCodec(message);
  }

  static List<String> usual() {
    return List.of(
        RESULT,
        RESULT.replace(" ", ""),
        RESULT.replace(" ", "\r\n\t "),
        " " + RESULT + "\n",
        RESULT.replace("\"turret_name\": \"navi\", ", ""),
        RESULT.replace("{\"a\": 0.5, \"b\": 2}", "{}"),
        RESULT.replace("{\"a\": 0.5, \"b\": 2}", "{ }"),
        RESULT.replace("{\"a\": 0.5, \"b\": 2}", "{\"a\": 0}"),
        RESULT.replace("\"no\"", "\"\""),
        RESULT.replace("\"no\"", "\"\\u0073tatus 500\""),
        RESULT.replace(
            "\"no\"", "\"\\\\ \\/ \\\" \\b \\f \\n \\r \\t \\uD83D\\uDE00 \\ud800 {}[],:\""),
        RESULT.replace("\"no\"", "\"ümläut 日本語 \ud83d\ude00 \u007f\""),
        RESULT.replace("\"no\"", "\"\\\\\""),
        RESULT.replace("navi", "\\u00fc \\\"navi\\\""),
        RESULT.replace("\"a\"", "\"\""),
        RESULT.replace("\"a\"", "\"../../<img>\""),
        "{\"custom_timers\":{\"a\":1},\"error\":\"\",\"scriptrun_time\":1,\"epoch\":2,\"elapsed\":3,"
            + "\"turret_name\":\"backwards\"}");
  }

  @Test
  void result_ofOurTurretIsReadAsItWasWritten() throws Exception {
    ResultEncoder encoder = new ResultEncoder();
    Random random = new Random(11);
    for (int i = 0; i < 20_000; i++) {
      TransactionResult result = randomResult(random);
      byte[] message = encoder.encode(result);
      assertThat(byHand.read(message)).isEqualTo(result);
      assertSameAsCodec(message);
    }
  }

  private static TransactionResult randomResult(Random random) {
    Map<String, Long> timers = new LinkedHashMap<>();
    for (int i = random.nextInt(4); i > 0; i--) timers.put("t" + random.nextInt(99), nanos(random));
    return new TransactionResult(
        "turret " + random.nextInt(10_000),
        nanos(random),
        1_795_290_242_000_000L + random.nextInt(1_000_000_000),
        nanos(random),
        random.nextInt(3) == 0 ? "status \"" + random.nextInt() : null,
        timers);
  }

  /** Of all magnitudes up to a week: beyond, a double does not tell each nanosecond. */
  private static long nanos(Random random) {
    return random.nextLong() >>> (Long.SIZE - 1 - random.nextInt(49));
  }

  // ---- numbers

  @Test
  void numbers_areReadAsTheCodecReadsThem() {
    Random random = new Random(12);
    for (int i = 0; i < 20_000; i++) {
      double seconds = randomSeconds(random);
      for (String number : notations(seconds)) {
        String message = RESULT.replace("0.25", number).replace("1453731738", number);
        assertThat(isReadByHand(message)).as(number).isTrue();
        assertSameAsCodec(message);
      }
    }
  }

  private static double randomSeconds(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> random.nextDouble(); // 17 digits
      case 1 -> Math.exp(20 * random.nextGaussian()) % 9e9;
      case 2 -> 1_795_290_242 + random.nextDouble();
      default -> random.nextInt(2_000_000_000) / 1e9 + 5e-10; // half-way between nanoseconds
    };
  }

  /** As java, as python, and as others write them. */
  private static List<String> notations(double seconds) {
    String exact = new BigDecimal(Double.toString(seconds)).toPlainString();
    return List.of(
        Double.toString(seconds),
        exact.length() <= 40 ? exact : "0",
        String.format(Locale.ROOT, "%.9f", seconds),
        String.format(Locale.ROOT, "%.16e", seconds),
        Long.toString((long) seconds));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "0.0",
        "0e5",
        "1E+2",
        "1e-2",
        "9007199254740992",
        "9007199254740993",
        "9e9",
        "0.9007199254740993",
        "123456789.123456789",
        "2251799.813685247",
        "2251799.813685248",
        "2251799813.685247",
        "2251799813.685248",
        "2251799813685.248",
        "0.00000000000000000000000000000000001",
        "0.0000000005",
        "0.00000000049999999999999999",
        "999999999999999999",
        "9223372036854775808",
        "99999999999999999999999",
        "1e400",
        "-1",
        "-0",
        "-0.5",
        "00",
        "01",
        "01.5",
        ".5",
        "5.",
        "1.e5",
        "1e",
        "1e+",
        "+1",
        "1.5.2",
        "0x10",
        "1_000",
        "1f",
        "NaN",
        "Infinity",
        "null",
        "true",
        "\"1\"",
        "",
        "1 2",
        "9000000000.000001",
        "1e12"
      })
  void number_isWhatTheCodecTakesItFor(String number) {
    assertSameAsCodec(RESULT.replace("0.25", number));
    assertSameAsCodec(RESULT.replace("1453731738", number));
    assertSameAsCodec(RESULT.replace("0.5", number));
    assertSameAsCodec(RESULT.replace("0.25", number + "0".repeat(2000)));
  }

  @Test
  void number_endsAtAnyByteThatIsNoDigit() {
    byte[] message = RESULT.replace("1453731738", "98765432109876543").getBytes(UTF_8);
    int begin = new String(message, ISO_8859_1).indexOf("9876");
    for (int i = begin; i < begin + 17; i++) {
      for (int b = 0; b < 256; b++) {
        byte[] changed = message.clone();
        changed[i] = (byte) b;
        assertSameAsCodec(changed);
      }
    }
  }

  // ---- what is left to the codec

  @ParameterizedTest
  @MethodSource("unusual")
  void unusual_isLeftToTheCodec(String message) {
    assertThat(isReadByHand(message)).isFalse();
    assertSameAsCodec(message);
  }

  static List<String> unusual() {
    return List.of(
        "",
        " ",
        "null",
        "[]",
        "{}",
        "{",
        RESULT.replace("\":", "\" :"),
        "\ufeff" + RESULT,
        RESULT + "}",
        RESULT + RESULT,
        RESULT.replace("}}", "},}"),
        RESULT.replace("}}", "}"),
        RESULT.replace("2}}", "2,}}"),
        RESULT.replace(", \"epoch\"", ",, \"epoch\""),
        RESULT.replace(", \"epoch\"", " \"epoch\""),
        RESULT.replace("\"elapsed\":", "\"elapsed\""),
        RESULT.replace("elapsed", "\\u0065lapsed"),
        RESULT.replace("elapsed", "elapsed "),
        RESULT.replace("\"epoch\"", "\"elapsed\": 7, \"epoch\""),
        RESULT.replace("\"elapsed\": 0.25, ", ""),
        RESULT.replace("{\"turret_name\"", "{\"extra\": {\"a\": [1]}, \"turret_name\""),
        RESULT.replace(
            "{\"turret_name\"", "{\"status\": \"ready\", \"uuid\": \"u\", \"turret_name\""),
        RESULT.replace("\"navi\"", "null"),
        RESULT.replace("\"navi\"", "5"),
        RESULT.replace("\"no\"", "null"),
        RESULT.replace("\"no\"", "{}"),
        RESULT.replace("\"no\"", "'no'"),
        RESULT.replace("no", "\n"),
        RESULT.replace("no", "x\u0000"),
        RESULT.replace("no", "\\x"),
        RESULT.replace("no", "\\u12"),
        RESULT.replace("no", "\\u\uff11\uff11\uff11\uff11"),
        RESULT.replace("no", "\\\n"),
        RESULT.replace("no", "\ufffd"),
        RESULT.replace("\"b\"", "\"a\""),
        RESULT.replace("{\"a\": 0.5, \"b\": 2}", "[]"),
        RESULT.replace("{\"a\": 0.5, \"b\": 2}", "{\"a\": {}}"),
        RESULT.replace("\"a\"", "\"" + "x".repeat(40_000) + "\""),
        RESULT.replace("no", "x".repeat(1_000_000)),
        "{\"turret\":\"a\",\"status\":\"ready\",\"uuid\":\"u\",\"rampup\":1,\"script\":\"s\",\"cannons\":1}");
  }

  @Test
  void result_cutShortAnywhereIsWhatTheCodecTakesItFor() {
    for (int length = 0; length < RESULT.length(); length++) {
      assertSameAsCodec(RESULT.substring(0, length));
    }
  }

  @Test
  void result_withAnyByteChangedIsWhatTheCodecTakesItFor() {
    byte[] message = RESULT.replace("no", "\\u0061").getBytes(UTF_8);
    String bytes = "\"\\{}[]:,.0-9eE+u \n\u0000\u007f\u0080\u00c0\u00e4\u00ff";
    for (int i = 0; i < message.length; i++) {
      for (byte change : bytes.getBytes(ISO_8859_1)) {
        byte[] changed = message.clone();
        changed[i] = change;
        assertSameAsCodec(changed);
      }
    }
  }

  @Test
  void frames_moreThanOneAreRefused() {
    List<byte[]> frames = List.of(RESULT.getBytes(UTF_8), RESULT.getBytes(UTF_8));
    assertThatThrownBy(() -> reader.read(frames)).hasMessageStartingWith("message has 2 frames");
  }

  // ---- names

  @Test
  void names_areMadeOnce() throws Exception {
    TransactionResult one = byHand.read(RESULT.getBytes(UTF_8));
    TransactionResult other = byHand.read(RESULT.getBytes(UTF_8));

    assertThat(other.turretName()).isSameAs(one.turretName());
    assertThat(List.copyOf(other.customTimers().keySet()).get(1))
        .isSameAs(List.copyOf(one.customTimers().keySet()).get(1));
  }

  @Test
  void names_areRightHoweverManyThereAre() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) names.add("Aa".repeat(i % 3) + "BB".repeat(i % 5) + i);
    for (int round = 0; round < 2; round++) {
      for (String name : names) assertThat(nameRead(name)).isEqualTo(name);
    }
  }

  private String nameRead(String name) {
    TurretMessage message = read(List.of(RESULT.replace("navi", name).getBytes(UTF_8)));
    return ((TransactionResult) message).turretName();
  }
}
