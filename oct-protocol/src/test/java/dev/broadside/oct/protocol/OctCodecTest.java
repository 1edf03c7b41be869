package dev.broadside.oct.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.broadside.oct.protocol.HqCommand.Kill;
import dev.broadside.oct.protocol.HqCommand.SetTransactionContext;
import dev.broadside.oct.protocol.HqCommand.Start;
import dev.broadside.oct.protocol.HqCommand.StatusRequest;
import dev.broadside.oct.protocol.HqCommand.Stop;
import dev.broadside.oct.protocol.HqCommand.Unknown;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OctCodecTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  // ---- orders

  @Test
  void encode_writesOrdersAsTheOriginalHeadquartersDoes() {
    assertThat(text(new StatusRequest()))
        .isEqualTo(" {\"command\":\"status_request\",\"msg\":null}");
    assertThat(text(new SetTransactionContext(Map.of())))
        .isEqualTo(" {\"command\":\"set_transaction_context\",\"msg\":{}}");
    assertThat(text(new Start())).isEqualTo(" {\"command\":\"start\",\"msg\":\"open fire\"}");
    assertThat(text(new Stop())).isEqualTo(" {\"command\":\"stop\",\"msg\":\"premature stop\"}");
    assertThat(text(new Kill())).isEqualTo(" {\"command\":\"kill\",\"msg\":null}");
  }

  private static String text(HqCommand command) {
    return new String(OctCodec.encode(new Order("", command)), UTF_8);
  }

  @Test
  void encode_putsTheUuidBeforeADirectedOrder() {
    assertThat(OctCodec.encode(new Order("u-1", new Kill())))
        .asString()
        .isEqualTo("u-1 {\"command\":\"kill\",\"msg\":null}");
  }

  @Test
  void encode_writesAContextInAscii() throws Exception {
    Map<String, Object> context = new LinkedHashMap<>();
    context.put("token", "ü");
    context.put("nothing", null);
    byte[] frame = OctCodec.encode(new Order("", new SetTransactionContext(context)));
    assertThat(frame).asString().contains("\\u00FC").isPrintable();
    Order read = OctCodec.decodeOrder(List.of(frame));
    assertThat(read.command()).isEqualTo(new SetTransactionContext(context));
  }

  @Test
  void decodeOrder_readsEveryOrderOfTheReferenceHeadquarters() {
    List<String> broken = List.of(" not json");
    List<GoldenFrames.Message> orders = GoldenFrames.orders();
    assertThat(orders).hasSizeGreaterThan(50);
    for (GoldenFrames.Message message : orders) {
      if (broken.contains(message.text()) || message.text().contains("\"msg\": null")) continue;
      Order order = decoded(message);
      assertThat(order.command()).as(message.text()).isNotNull();
      assertThat(message.text()).contains('"' + word(order.command()) + '"');
    }
  }

  private static Order decoded(GoldenFrames.Message message) {
    try {
      return OctCodec.decodeOrder(message.frames());
    } catch (MalformedMessageException e) {
      return fail(message.file() + ": " + message.text(), e);
    }
  }

  private static String word(HqCommand command) {
    if (command instanceof StatusRequest) return "status_request";
    if (command instanceof SetTransactionContext) return "set_transaction_context";
    if (command instanceof Start) return "start";
    if (command instanceof Stop) return "stop";
    if (command instanceof Kill) return "kill";
    return ((Unknown) command).name();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " {\"command\":\"stop\",\"msg\":\"premature stop\"}",
        "{\"command\":\"stop\",\"msg\":\"x\"}",
        " {\"command\":\"stop\"}",
        " {\"command\":\"stop\",\"msg\":null}",
        "  \t{ \"msg\" : [1, {\"a\": 2}] ,\r\n \"command\" : \"stop\" }\n ",
        " {\"command\":\"\\u0073top\",\"msg\":\"a\\/b\"}",
        " {\"command\":\"stop\",\"msg\":\"{\",\"more\":true}",
      })
  void decodeOrder_takesWhatTurretsMustUnderstand(String frame) throws Exception {
    Order order = OctCodec.decodeOrder(List.of(frame.getBytes(UTF_8)));
    assertThat(order).isEqualTo(new Order("", new Stop()));
    assertThat(order.isFor("anyone")).isTrue();
  }

  @Test
  void decodeOrder_takesTopicAndJsonInTwoFrames() throws Exception {
    byte[] json = "{\"command\":\"kill\"}".getBytes(UTF_8);
    Order directed = OctCodec.decodeOrder(List.of("u-1".getBytes(UTF_8), json));
    assertThat(directed).isEqualTo(new Order("u-1", new Kill()));
    assertThat(OctCodec.decodeOrder(List.of(new byte[0], json)).channel()).isEmpty();
  }

  @Test
  void isFor_meansItsOwnUuidOnly() throws Exception {
    Order order = OctCodec.decodeOrder(List.of("u-1 {\"command\":\"kill\"}".getBytes(UTF_8)));
    assertThat(order.isFor("u-1")).isTrue();
    assertThat(order.isFor("u-10")).isFalse();
    assertThat(order.isFor("u-")).isFalse();
  }

  @Test
  void decodeOrder_namesAnUnknownCommand() throws Exception {
    assertThat(OctCodec.decodeOrder(List.of(" {\"command\":\"foo\"}".getBytes(UTF_8))).command())
        .isEqualTo(new Unknown("foo"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"msg\":\"open fire\"} | order has no \"command\": {\"msg\":\"open fire\"}",
        "not json | order is not JSON",
        "{\"command\":5} | order's \"command\" is not a text",
        "{\"command\":\"stop\"} trailing | order is not JSON",
        "{\"command\":\"stop\" | order is not JSON",
        "{\"command\":\"set_transaction_context\",\"msg\":[1]} | context's \"msg\" is not an object",
        "[1,2] | order is no object",
      })
  void decodeOrder_saysWhatIsWrong(String frame, String fault) {
    assertThatThrownBy(() -> OctCodec.decodeOrder(List.of(frame.getBytes(UTF_8))))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessageStartingWith(fault);
  }

  @Test
  void decodeOrder_refusesWhatIsNotUtf8AndThreeFrames() {
    assertThatThrownBy(() -> OctCodec.decodeOrder(List.of(new byte[] {(byte) 0xff, '{', '}'})))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessageStartingWith("order is not UTF-8");
    byte[] frame = " {\"command\":\"stop\"}".getBytes(UTF_8);
    assertThatThrownBy(() -> OctCodec.decodeOrder(List.of(frame, frame, frame)))
        .hasMessageStartingWith("order has 3 frames");
    assertThatThrownBy(() -> OctCodec.decodeOrder(List.of(new byte[0])))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessageContaining("(empty message)");
  }

  @Test
  void malformed_showsAnExcerptOfOneLine() {
    byte[] long1 = ("{\"x\":\"" + "y\n\u001b[31m".repeat(500_000) + "\"}").getBytes(UTF_8);
    assertThatThrownBy(() -> OctCodec.decodeOrder(List.of(long1)))
        .hasMessageContaining("bytes)")
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(1500).doesNotContain("\n"));
  }

  // ---- statuses

  @Test
  void encode_writesAStatusWithExactlySixKeys() throws Exception {
    byte[] frame =
        OctCodec.encode(new TurretStatus("navi\ud800 ü", "ready", "u-1", 2.5, "tests/V.java", 250));
    assertThat(frame).asString().isPrintable();
    JsonNode json = JSON.readTree(frame);
    assertThat(json.properties())
        .extracting(Map.Entry::getKey)
        .containsExactly("turret", "status", "uuid", "rampup", "script", "cannons");
    assertThat(json.get("turret").textValue()).isEqualTo("navi\ufffd ü");
    assertThat(json.get("rampup").doubleValue()).isEqualTo(2.5);
    assertThat(json.get("cannons").intValue()).isEqualTo(250);
  }

  @Test
  void encode_writesWholeRampUpsAsWholeNumbers() {
    assertThat(OctCodec.encode(new TurretStatus("a", "ready", "u", 30, "s", 1)))
        .asString()
        .isEqualTo(
            "{\"turret\":\"a\",\"status\":\"ready\",\"uuid\":\"u\",\"rampup\":30,"
                + "\"script\":\"s\",\"cannons\":1}");
  }

  @Test
  void decodeTurretMessage_readsAllThatReferenceTurretsSay() {
    List<GoldenFrames.Message> messages = GoldenFrames.fromTurrets();
    assertThat(messages).hasSizeGreaterThan(200);
    for (GoldenFrames.Message message : messages) assertAsWritten(message);
  }

  private static void assertAsWritten(GoldenFrames.Message golden) {
    try {
      JsonNode json = JSON.readTree(golden.text());
      TurretMessage message = OctCodec.decodeTurretMessage(golden.frames());
      if (message instanceof TurretStatus status) assertAsWritten(json, status);
      else assertAsWritten(json, (TransactionResult) message);
    } catch (MalformedMessageException | IOException e) {
      fail(golden.file() + ": " + golden.text(), e);
    }
  }

  private static void assertAsWritten(JsonNode json, TurretStatus status) {
    assertThat(status.turret()).isEqualTo(json.get("turret").asText());
    assertThat(status.status()).isEqualTo(json.get("status").asText());
    assertThat(status.uuid()).isEqualTo(json.get("uuid").asText());
    assertThat(status.rampUp()).isEqualTo(json.get("rampup").asDouble());
    assertThat(status.script()).isEqualTo(json.get("script").asText());
    assertThat(status.cannons()).isEqualTo(json.get("cannons").asInt());
  }

  private static void assertAsWritten(JsonNode json, TransactionResult result) {
    assertThat(result.turretName()).isEqualTo(json.path("turret_name").asText("Noname"));
    assertThat(result.elapsedNanos()).isEqualTo(nanos(json.get("elapsed")));
    assertThat(result.scriptrunNanos()).isEqualTo(nanos(json.get("scriptrun_time")));
    assertThat(result.error() == null ? "" : result.error()).isEqualTo(json.get("error").asText());
    assertThat(result.customTimers()).hasSize(json.get("custom_timers").size());
    result
        .customTimers()
        .forEach((k, v) -> assertThat(v).isEqualTo(nanos(json.get("custom_timers").get(k))));
  }

  private static long nanos(JsonNode seconds) {
    return Math.round(seconds.doubleValue() * 1e9);
  }

  @Test
  void decodeTurretMessage_readsTheStatusOfTheSeedWithItsTexts() throws Exception {
    String seed =
        "{\"turret\":\"navigation\",\"status\":\"READY\",\"uuid\":\"d7b8\",\"rampup\":\"30\","
            + "\"script\":\"tests/navigation.py\",\"cannons\":\"250\"}";
    TurretStatus status = (TurretStatus) decoded(seed);
    assertThat(status.rampUp()).isEqualTo(30);
    assertThat(status.cannons()).isEqualTo(250);
    assertThat(status.is(TurretStatus.READY)).isTrue();
    assertThat(status.is(TurretStatus.RUNNING)).isFalse();
  }

  private static TurretMessage decoded(String message) throws MalformedMessageException {
    return OctCodec.decodeTurretMessage(List.of(message.getBytes(UTF_8)));
  }

  @Test
  void decodeTurretMessage_tellsStatusesFromResultsByTheirKeys() throws Exception {
    assertThat(decoded(result("\"error\":\"status of uuid\"")))
        .isInstanceOf(TransactionResult.class);
    assertThat(decoded(result("\"error\":\"\",\"status\":\"odd extra key\"")))
        .isInstanceOf(TransactionResult.class);
  }

  private static String result(String errorAndMore) {
    return "{\"elapsed\":1.5,\"epoch\":1795290242.0,\"scriptrun_time\":0.25,"
        + errorAndMore
        + ",\"custom_timers\":{\"a\":0.125}}";
  }

  @Test
  void decodeTurretMessage_takesNumericTextsNullErrorsAndClocksSetBack() throws Exception {
    String message =
        "{\"turret_name\":\"n\",\"elapsed\":\"-0.5\",\"epoch\":\"5\",\"scriptrun_time\":\" 2.5 \","
            + "\"error\":null,\"custom_timers\":{\"a\":\"1\",\"b\":-3}}";
    TransactionResult read = (TransactionResult) decoded(message);
    assertThat(read)
        .isEqualTo(
            new TransactionResult("n", 0, 5_000_000, 2_500_000_000L, null, read.customTimers()));
    assertThat(read.customTimers())
        .containsExactly(Map.entry("a", 1_000_000_000L), Map.entry("b", 0L));
  }

  @ParameterizedTest
  @ValueSource(strings = {"elapsed", "epoch", "scriptrun_time", "error", "custom_timers"})
  void decodeTurretMessage_namesAMissingKey(String key) {
    String message = result("\"error\":\"\"").replace('"' + key + '"', "\"other\"");
    assertThatThrownBy(() -> decoded(message))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessageStartingWith("message's \"" + key + "\" is missing: {");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "5",
        "\"text\"",
        "{",
        "{}",
        "\ufeff{}",
        "{\"elapsed\":NaN}",
        "{\"elapsed\":1e400,\"epoch\":1,\"scriptrun_time\":1,\"error\":\"\",\"custom_timers\":{}}",
        "{\"elapsed\":1,\"epoch\":1,\"scriptrun_time\":null,\"error\":\"\",\"custom_timers\":{}}",
        "{\"elapsed\":1,\"epoch\":1,\"scriptrun_time\":\"x\",\"error\":\"\",\"custom_timers\":{}}",
        "{\"elapsed\":1,\"epoch\":1,\"scriptrun_time\":1e12,\"error\":\"\",\"custom_timers\":{}}",
        "{\"elapsed\":1,\"epoch\":1,\"scriptrun_time\":1,\"error\":{},\"custom_timers\":{}}",
        "{\"elapsed\":1,\"epoch\":1,\"scriptrun_time\":1,\"error\":\"\",\"custom_timers\":[]}",
        "{\"elapsed\":1,\"epoch\":1,\"scriptrun_time\":1,\"error\":\"\",\"custom_timers\":{\"a\":{}}}",
        "{\"turret\":\"a\",\"status\":\"ready\",\"uuid\":null,\"rampup\":1,\"script\":\"\",\"cannons\":1}",
        "{\"turret\":\"a\",\"status\":\"ready\",\"uuid\":\"u\",\"rampup\":1,\"script\":\"\"}",
      })
  void decodeTurretMessage_refusesTheRest(String message) {
    assertThatThrownBy(() -> decoded(message)).isInstanceOf(MalformedMessageException.class);
  }

  @Test
  void decodeTurretMessage_survivesDeepNesting() {
    byte[] deep = new byte[200_000];
    Arrays.fill(deep, (byte) '[');
    assertThatThrownBy(() -> OctCodec.decodeTurretMessage(List.of(deep)))
        .isInstanceOf(MalformedMessageException.class);
  }
}
