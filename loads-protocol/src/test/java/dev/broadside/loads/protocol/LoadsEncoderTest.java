package dev.broadside.loads.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoadsEncoderTest {
  private static final LoadsStatus STATUS = new LoadsStatus(5, 20, 2, 7);

  private final LoadsEncoder encoder = new LoadsEncoder("None", "", ExcInfo.Order.CLASS_FIRST);

  @Test
  void encode_writesTestsWithExactlyTheirKeys() {
    assertThat(text(new LoadsMessage.StartTest("t", STATUS)))
        .isEqualTo(
            "{\"data_type\":\"startTest\",\"agent_id\":\"None\",\"run_id\":\"\","
                + "\"test\":\"t\",\"loads_status\":[5,20,2,7]}");
  }

  @Test
  void encode_writesHitsWithoutADouble() {
    assertThat(text(new LoadsMessage.AddHit("http://a/", "GET", 200, "s", 12_000_001, STATUS)))
        .contains("\"url\":\"http://a/\",\"method\":\"GET\",\"status\":200,\"started\":\"s\",")
        .contains("\"elapsed\":0.012000001,\"loads_status\":[5,20,2,7]}");
  }

  @Test
  void encode_writesSocketsWithoutStatus() {
    assertThat(text(new LoadsMessage.SocketOpen(STATUS)))
        .isEqualTo("{\"data_type\":\"socket_open\",\"agent_id\":\"None\",\"run_id\":\"\"}");
    assertThat(text(new LoadsMessage.SocketMessage(10, STATUS))).endsWith("\"size\":10}");
  }

  @Test
  void encode_keepsToAsciiEvenAfterDecoding() {
    assertThat(text(new LoadsMessage.StartTest("t\u00e9\ud800", STATUS)))
        .contains("\"test\":\"t\\\\u00E9\\\\uD800\"");
    assertThat(text(new LoadsMessage.AddHit("http://a/\u00e9 %20", "GET", 1, "s", 0, null)))
        .contains("\"http://a/%C3%A9%20%20\"")
        .contains("\"loads_status\":null");
  }

  @Test
  void encode_putsFirstWhatTheOrderSays() {
    ExcInfo excInfo = new ExcInfo("Class", "message", "\ntrace");
    LoadsMessage error = new LoadsMessage.AddError("t", excInfo, STATUS);
    assertThat(text(error)).contains("\"exc_info\":[\"Class\",\"message\",\"\\ntrace\"]");
    LoadsEncoder seed = new LoadsEncoder("a", "r", ExcInfo.Order.MESSAGE_FIRST);
    assertThat(new String(seed.encode(error), StandardCharsets.US_ASCII))
        .contains("\"exc_info\":[\"message\",\"Class\",\"\\ntrace\"]");
  }

  @Test
  void encodeBatch_groupsByType() throws MalformedMessageException {
    List<LoadsMessage> messages =
        List.of(
            new LoadsMessage.StartTest("a", STATUS),
            new LoadsMessage.SocketOpen(null),
            new LoadsMessage.StartTest("b", STATUS));
    byte[] frame = encoder.encodeBatch(messages);
    assertThat(new String(frame, StandardCharsets.US_ASCII))
        .isEqualTo(
            "{\"data_type\":\"batch\",\"agent_id\":\"None\",\"run_id\":\"\",\"counts\":{"
                + "\"startTest\":[{\"test\":\"a\",\"loads_status\":[5,20,2,7]},"
                + "{\"test\":\"b\",\"loads_status\":[5,20,2,7]}],\"socket_open\":[{}]}}");
    assertThat(LoadsDecoder.decode(frame).messages()).containsExactlyInAnyOrderElementsOf(messages);
  }

  @Test
  void encode_refusesWhatRunnersDoNotSend() {
    assertThatThrownBy(() -> text(new LoadsMessage.Other("stopTestRun")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("stopTestRun");
  }

  private String text(LoadsMessage message) {
    return new String(encoder.encode(message), StandardCharsets.US_ASCII);
  }
}
