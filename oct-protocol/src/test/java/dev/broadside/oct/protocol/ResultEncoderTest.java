package dev.broadside.oct.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResultEncoderTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ResultEncoder encoder = new ResultEncoder();

  @Test
  void encode_writesTheSixKeysInOrderWithExactDecimals() {
    TransactionResult result =
        new TransactionResult(
            "my_turret",
            12_480_000_001L,
            1_453_731_738_000_042L,
            1_200_000_000L,
            "My custom error",
            timers("Example_timer", 600_000_000L, "Other timer", 800_000_000L));
    assertThat(text(result))
        .isEqualTo(
            "{\"turret_name\":\"my_turret\",\"elapsed\":12.480000001,\"epoch\":1453731738.000042,"
                + "\"scriptrun_time\":1.200000000,\"error\":\"My custom error\","
                + "\"custom_timers\":{\"Example_timer\":0.600000000,\"Other timer\":0.800000000}}");
  }

  @Test
  void encode_writesASuccessWithoutTimers() {
    assertThat(text(result(null, Map.of())))
        .isEqualTo(
            "{\"turret_name\":\"t\",\"elapsed\":0.000000002,\"epoch\":3.000000,"
                + "\"scriptrun_time\":0.000000001,\"error\":\"\",\"custom_timers\":{}}");
  }

  private static TransactionResult result(@Nullable String error, Map<String, Long> timers) {
    return new TransactionResult("t", 2, 3_000_000, 1, error, timers);
  }

  private static Map<String, Long> timers(String a, long nanosA, String b, long nanosB) {
    Map<String, Long> timers = new LinkedHashMap<>();
    timers.put(a, nanosA);
    timers.put(b, nanosB);
    return timers;
  }

  private String text(TransactionResult result) {
    return new String(encoder.encode(result), UTF_8);
  }

  @ParameterizedTest
  @ValueSource(
      longs = {
        0,
        1,
        9,
        10,
        99,
        999_999_999,
        1_000_000_000,
        1_000_000_001,
        9_999_999_999L,
        10_000_000_000L,
        86_400_000_000_000L,
        Long.MAX_VALUE
      })
  void encode_neverRoundsADuration(long nanos) throws IOException {
    TransactionResult result = new TransactionResult("t", nanos, 0, nanos, null, Map.of());
    JsonNode json = JSON.readTree(text(result));
    String expected = nanos / 1_000_000_000 + "." + String.format("%09d", nanos % 1_000_000_000);
    assertThat(text(result)).contains("\"elapsed\":" + expected + ",");
    assertThat(json.get("scriptrun_time").isNumber()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status",
        "HTTP status 500, statusstatus",
        "sstatus",
        "quote \" backslash \\ slash / newline \n tab \t nul \u0000 delete \u007f",
        "ümläut 日本語 \ud83d\ude00 \u2028",
        "</script><b>",
        "status\\u0073tatus",
      })
  void encode_writesEveryTextSoThatItIsReadBackAndHidesItsStatus(String text) throws IOException {
    Map<String, Long> timers = Map.of(text.replace('/', '-'), 5L);
    String raw = text(new TransactionResult(text, 1, 1, 1, text, timers));
    assertThat(raw).doesNotContain("status").isPrintable();
    JsonNode json = JSON.readTree(raw);
    assertThat(json.get("turret_name").textValue()).isEqualTo(text);
    assertThat(json.get("error").textValue()).isEqualTo(text);
    assertThat(json.get("custom_timers").has(text.replace('/', '-'))).isTrue();
  }

  @Test
  void encode_replacesLoneSurrogates() throws IOException {
    String lone = "a\ud800b\udc00c\ud83d\ude00";
    JsonNode json = JSON.readTree(text(result(lone, Map.of())));
    assertThat(json.get("error").textValue()).isEqualTo("a\ufffdb\ufffdc\ud83d\ude00");
  }

  @Test
  void encode_replacesSlashesInTimerNamesAndAddsUpWhatMeetsThere() throws IOException {
    JsonNode json =
        JSON.readTree(
            text(result(null, timers("GET /a", 1_000_000_000L, "GET \u2215a", 500_000_000L))));
    assertThat(json.get("custom_timers").properties()).hasSize(1);
    assertThat(json.get("custom_timers").get("GET \u2215a").doubleValue()).isEqualTo(1.5);
  }

  @Test
  void encode_growsForLargeTexts() throws IOException {
    String large = "x".repeat(1_000_000);
    assertThat(JSON.readTree(text(result(large, Map.of()))).get("error").textValue())
        .isEqualTo(large);
    assertThat(text(result(null, Map.of()))).hasSizeLessThan(200);
  }

  @Test
  void encode_keepsUpWithChangingSecondsAndNames() throws IOException {
    Random random = new Random(7);
    for (int i = 0; i < 10_000; i++) {
      long micros = 1_795_290_242_000_000L + random.nextInt(5_000_000);
      String name = "t" + random.nextInt(3);
      JsonNode json =
          JSON.readTree(text(new TransactionResult(name, i, micros, i, null, Map.of())));
      assertThat(json.get("turret_name").textValue()).isEqualTo(name);
      assertThat(Math.round(json.get("epoch").doubleValue() * 1e6)).isEqualTo(micros);
    }
  }

  @Test
  void encode_isReadBackByTheCodec() throws Exception {
    TransactionResult result =
        new TransactionResult(
            "n", 1_234_567_891L, 1_795_290_242_123_456L, 987_654_321L, "e", timers("a", 1, "b", 2));
    assertThat(OctCodec.decodeTurretMessage(List.of(encoder.encode(result)))).isEqualTo(result);
  }
}
