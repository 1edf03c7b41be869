package dev.broadside.loads.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.broadside.loads.protocol.GoldenFrames.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The codec against frames recorded at the original receiver. */
class GoldenFramesTest {
  private static final String STRICTNESS = "reference-receiver-strictness.jsonl";

  /** The original took them because it never looked; they have no meaning that could be counted. */
  private static final Map<Integer, String> MEANINGLESS =
      Map.of(
          10, "\"loads_status\" is not a list",
          16, "\"test\" is not a text",
          48, "\"url\" is not a text");

  static Stream<Frame> accepted() {
    return Stream.of(STRICTNESS, "run-hits.jsonl", "run-duration.jsonl", "distributed-batch.jsonl")
        .flatMap(file -> GoldenFrames.of(file).stream())
        .filter(Frame::accepted)
        .filter(frame -> !isMeaningless(frame));
  }

  private static boolean isMeaningless(Frame frame) {
    return frame.file().equals(STRICTNESS) && MEANINGLESS.containsKey(frame.line());
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void decode_readsWhatTheOriginalTook(Frame frame) throws Exception {
    LoadsReport report = LoadsDecoder.decode(frame.bytes());
    JsonNode json = frame.json();
    assertThat(report.faults()).isEmpty();
    assertThat(report.agentId()).isEqualTo(json.path("agent_id").asText("").replace("null", ""));
    assertThat(report.runId()).isEqualTo(json.path("run_id").asText("").replace("null", ""));
    assertThat(report.hostname()).isEqualTo(json.path("hostname").textValue());
    int messages = 1;
    if (json.has("counts")) {
      messages = 0;
      for (JsonNode list : json.get("counts")) messages += list.size();
    }
    assertThat(report.messages()).hasSize(messages);
  }

  @Test
  void decode_refusesInWordsWhatMeansNothing() {
    List<Frame> frames = GoldenFrames.of(STRICTNESS);
    MEANINGLESS.forEach(
        (line, words) -> {
          Frame frame = frames.get(line - 1);
          assertThat(frame.accepted()).isTrue();
          assertThatThrownBy(() -> LoadsDecoder.decode(frame.bytes()))
              .isInstanceOf(MalformedMessageException.class)
              .hasMessageStartingWith(words)
              .hasMessageContaining("data_type");
        });
  }

  /** What the original refused may be read, but never ends in anything else than a fault. */
  @Test
  void decode_readsOrRefusesWhatTheOriginalRefused() {
    int refused = 0;
    for (Frame frame : GoldenFrames.of(STRICTNESS)) {
      if (frame.accepted()) continue;
      try {
        assertThat(LoadsDecoder.decode(frame.bytes())).isNotNull();
      } catch (MalformedMessageException e) {
        refused++;
        assertThat(e).hasMessageMatching("(?s).{10,}");
      }
    }
    assertThat(refused).isBetween(25, 45);
  }

  static Stream<Frame> ofTheReference() {
    return Stream.of("run-hits.jsonl", "run-duration.jsonl")
        .flatMap(file -> GoldenFrames.of(file).stream());
  }

  @ParameterizedTest
  @MethodSource("ofTheReference")
  void encode_writesWhatItsRunnerWrote(Frame frame) throws Exception {
    LoadsReport report = LoadsDecoder.decode(frame.bytes());
    LoadsEncoder encoder =
        new LoadsEncoder(report.agentId(), report.runId(), ExcInfo.Order.CLASS_FIRST);
    JsonNode ours = GoldenFrames.tree(new String(encoder.encode(report.messages().get(0)), UTF_8));
    assertThat(ours).isEqualTo(frame.json());
    assertThat(names(ours)).containsExactlyElementsOf(names(frame.json()));
  }

  @Test
  void encodeBatch_writesWhatWentThroughTheBroker() throws Exception {
    Frame frame = GoldenFrames.of("distributed-batch.jsonl").get(2);
    LoadsReport report = LoadsDecoder.decode(frame.bytes());
    LoadsEncoder encoder =
        new LoadsEncoder(report.agentId(), report.runId(), ExcInfo.Order.CLASS_FIRST);
    JsonNode ours = GoldenFrames.tree(new String(encoder.encodeBatch(report.messages()), UTF_8));
    assertThat(ours).isEqualTo(frame.json());
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
