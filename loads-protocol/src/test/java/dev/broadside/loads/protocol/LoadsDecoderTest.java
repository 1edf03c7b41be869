package dev.broadside.loads.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** What is read beyond what the original receiver takes. */
class LoadsDecoderTest {
  private static final LoadsStatus STATUS = new LoadsStatus(3, 2, 1, 1);

  @Test
  void statusOfLoadsJs_mayBeAJoinedText() throws MalformedMessageException {
    assertThat(message("\"data_type\":\"socket_open\",\"loads_status\":\"3,2,1,1\""))
        .isEqualTo(new LoadsMessage.SocketOpen(STATUS));
  }

  @Test
  void statusOfAnythingElse_isNamed() {
    assertThatThrownBy(() -> message("\"data_type\":\"socket_open\",\"loads_status\":\"3,2\""))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessageStartingWith("\"loads_status\" has 2 elements instead of 4: {");
    assertThatThrownBy(() -> message("\"data_type\":\"socket_open\",\"loads_status\":\"a,2,1,1\""))
        .hasMessageStartingWith("\"loads_status\" is not a whole number");
  }

  @Test
  void batch_losesOnlyItsBadMessages() throws MalformedMessageException {
    LoadsReport report =
        decode(
            "\"data_type\":\"batch\",\"counts\":{\"startTest\":[{\"test\":1},"
                + "{\"test\":\"t\",\"loads_status\":[3,2,1,1]}],\"socket_open\":7}");
    assertThat(report.messages()).containsExactly(new LoadsMessage.StartTest("t", STATUS));
    assertThat(report.faults())
        .hasSize(2)
        .anyMatch(fault -> fault.startsWith("\"test\" is not a text in a batch's startTest"))
        .anyMatch(fault -> fault.startsWith("\"counts\" has no list for socket_open"));
  }

  private static LoadsMessage message(String fields) throws MalformedMessageException {
    return decode(fields).messages().get(0);
  }

  private static LoadsReport decode(String fields) throws MalformedMessageException {
    return LoadsDecoder.decode(
        ("{\"agent_id\":\"a\",\"run_id\":\"r\"," + fields + "}").getBytes(UTF_8));
  }
}
