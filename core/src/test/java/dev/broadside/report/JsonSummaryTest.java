package dev.broadside.report;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.broadside.metrics.Latencies;
import dev.broadside.metrics.Measurement;
import dev.broadside.metrics.RunRecorder;
import dev.broadside.metrics.RunResult;
import dev.broadside.metrics.UserCount;
import dev.broadside.metrics.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonSummaryTest {
  private static final Instant STARTED = Instant.parse("2026-11-22T05:40:00Z");
  private static final ReportDetails DETAILS = ReportDetails.of("shop");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RunRecorder recorder = RunRecorder.create();

  private void record(Duration start, Duration service, @Nullable String error) {
    Map<String, Long> timers = Map.of("login", service.toNanos() / 4);
    recorder.record(
        new Measurement(
            "Checkout", "navigation", start.toNanos(), service.toNanos(), error, timers));
  }

  private RunResult result() {
    return recorder.result(STARTED, ofSeconds(10), Map.of("malformed", 2L));
  }

  private JsonNode document() throws IOException {
    return document(result(), DETAILS);
  }

  private static JsonNode document(RunResult result, ReportDetails details) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    JsonSummary.write(result, details, out);
    return JSON.readTree(out.toByteArray());
  }

  private static double[] numbers(JsonNode array) {
    return JSON.convertValue(array, double[].class);
  }

  private static JsonNode without(JsonNode document, String field) {
    return ((ObjectNode) document).without(field);
  }

  @Test
  void write_describesTheRun() throws IOException {
    RunResult result =
        result()
            .withExpectedUsers(
                List.of(new UserCount(Duration.ZERO, 0), new UserCount(ofMillis(2500), 50)))
            .withVerdicts(List.of(new Verdict("p(95) < 200ms", false, "231 ms", true)));
    ReportDetails details =
        new ReportDetails(
            "shop",
            "Broadside 1.2",
            List.of(
                new ReportDetails.DetailTable(
                    "Turrets", List.of("name", "state"), List.of(List.of("navigation", "ready")))),
            "{\n \"run_time\": 1.50, \"deep\": [{}]}");

    JsonNode document = document(result, details);

    JsonNode expected =
        JSON.readTree(
            """
            {"format": "broadside-summary", "version": 1, "title": "shop",
             "madeBy": "Broadside 1.2", "started": "2026-11-22T05:40:00Z", "durationSeconds": 10,
             "passed": false,
             "thresholds": [{"threshold": "p(95) < 200ms", "passed": false, "measured": "231 ms",
                             "abort": true}],
             "transactions": [], "timers": [], "groups": [], "errors": [],
             "counters": {"malformed": 2}, "expectedUsers": [[0, 0], [2.5, 50]],
             "tables": [{"title": "Turrets", "columns": ["name", "state"],
                         "rows": [["navigation", "ready"]]}],
             "configuration": {"run_time": 1.50, "deep": [{}]}}
            """);
    assertThat(without(document, "all").toString()).isEqualTo(expected.toString());
  }

  @Test
  void write_ofNothingHasNoTimes() throws IOException {
    assertThat(document().get("all").toString())
        .isEqualTo(
            JSON.readTree(
                    """
                    {"name": "all", "count": 0, "failures": 0, "rate": 0,
                     "service": {"count": 0}, "failed": {"count": 0},
                     "series": {"intervalSeconds": 1, "count": [], "failures": [], "mean": [],
                                "p50": [], "p90": [], "p95": [], "p99": [], "max": []}}
                    """)
                .toString());
  }

  @Test
  void write_hasTheFiguresOfTheResult() throws IOException {
    for (int i = 1; i <= 1000; i++) record(ofMillis(i), Duration.ofNanos(1_234_567L * i), null);
    record(ofMillis(1), ofMillis(3), "HTTP 500");
    record(ofMillis(1), ofMillis(5), "HTTP 500");

    JsonNode checkout = document().at("/transactions/0");
    Latencies service = result().transaction("Checkout").service();

    assertThat(checkout.get("name").textValue()).isEqualTo("Checkout");
    assertThat(checkout.get("count").longValue()).isEqualTo(1002);
    assertThat(checkout.get("failures").longValue()).isEqualTo(2);
    assertThat(checkout.get("rate").doubleValue()).isEqualTo(100.2);
    assertThat(checkout.at("/service/count").longValue()).isEqualTo(1000);
    assertThat(checkout.at("/service/min").doubleValue()).isEqualTo(1.234567);
    assertThat(checkout.at("/service/max").doubleValue()).isEqualTo(1234.567);
    assertThat(checkout.at("/service/p99.9").doubleValue())
        .isEqualTo(service.p(99.9).toNanos() / 1e6);
    assertThat(checkout.at("/service/stdev").doubleValue())
        .isEqualTo(service.stdev().toNanos() / 1e6);
    assertThat(checkout.at("/failed/mean").doubleValue()).isEqualTo(4);
    assertThat(document().at("/timers/0/service/max").doubleValue()).isEqualTo(308.64175);
    assertThat(document().at("/groups/0/name").textValue()).isEqualTo("navigation");
    assertThat(document().at("/groups/0").has("series")).isFalse();
  }

  @Test
  void distribution_isDenserTheHigherUpToTheLongest() throws IOException {
    for (int i = 1; i <= 1000; i++) record(Duration.ZERO, ofMillis(i), null);

    List<double[]> points =
        List.of(JSON.convertValue(document().at("/all/service/distribution"), double[][].class));

    assertThat(points).hasSize(26); // three decades of eight, from 0 to 99.9, and 100
    assertThat(points.get(0)).containsExactly(0, 1);
    assertThat(points.get(8)[0]).isEqualTo(90);
    assertThat(points.get(8)[1]).isCloseTo(900, within(1.0));
    assertThat(points.get(16)[0]).isEqualTo(99);
    assertThat(points.get(24)[0]).isEqualTo(99.9);
    assertThat(points.get(25)).containsExactly(100, 1000);
    assertThat(points).isSortedAccordingTo((a, b) -> Double.compare(a[0], b[0]));
  }

  @Test
  void distribution_ofOneValueGoesFromItToIt() throws IOException {
    record(Duration.ZERO, ofMillis(7), null);

    assertThat(document().at("/all/service/distribution").toString()).isEqualTo("[[0,7],[100,7]]");
  }

  @Test
  void series_hasNoTimesWhereNothingSucceeded() throws IOException {
    record(ofMillis(0), Duration.ofNanos(123_456_789), null);
    record(ofMillis(1000), ofMillis(1), "HTTP 500");
    record(ofMillis(3000), ofMillis(2), null);

    JsonNode series = document().at("/transactions/0/series");

    assertThat(series.get("intervalSeconds").doubleValue()).isEqualTo(1);
    assertThat(numbers(series.get("count"))).containsExactly(1, 1, 0, 1);
    assertThat(numbers(series.get("failures"))).containsExactly(0, 1, 0, 0);
    for (String field : List.of("mean", "p50", "p90", "p95", "p99", "max")) {
      assertThat(series.get(field).toString()).isEqualTo("[123.5,null,null,2]");
    }
  }

  @Test
  void errors_haveASample() throws IOException {
    record(ofMillis(1500), ofMillis(3), "HTTP 500");
    record(ofMillis(2500), ofMillis(5), "HTTP 500");

    assertThat(document().get("errors").toString())
        .isEqualTo(
            JSON.readTree(
                    """
                    [{"text": "HTTP 500", "count": 2, "firstSeenSeconds": 1.503,
                      "lastSeenSeconds": 2.505,
                      "sample": {"label": "Checkout", "group": "navigation", "startSeconds": 1.5,
                                 "serviceMillis": 3, "error": "HTTP 500",
                                 "timersMillis": {"login": 0.75}}}]
                    """)
                .toString());
  }

  @Test
  void write_keepsWhateverNamesHold() throws IOException {
    String name = "</script> <!-- \"'&\\ \n\0\u2028 é 😀";
    recorder.record(new Measurement(name, name, 0, 1, name, Map.of(name, 1L)));

    JsonNode document = document();

    assertThat(document.at("/transactions/0/name").textValue()).isEqualTo(name);
    assertThat(document.at("/timers/0/name").textValue()).isEqualTo(name);
    assertThat(document.at("/errors/0/sample/error").textValue()).isEqualTo(name);
  }

  @Test
  void write_replacesHalfACharacter() throws IOException {
    String name = "half \ud83d of one";
    recorder.record(new Measurement(name, name, 0, 1, null, Map.of()));

    assertThat(document().at("/transactions/0/name").textValue()).isEqualTo("half ? of one");
  }

  @Test
  void write_hasNoTroubleWithExtremes() throws IOException {
    recorder.record(new Measurement("a", "a", 0, 0, null, Map.of("t", Long.MAX_VALUE)));
    recorder.record(new Measurement("a", "a", 0, ofSeconds(7200).toNanos(), null, Map.of()));

    JsonNode document = document(recorder.result(STARTED, Duration.ZERO, Map.of()), DETAILS);

    assertThat(document.at("/all/rate").doubleValue()).isZero();
    assertThat(document.at("/all/service/min").doubleValue()).isZero();
    assertThat(document.at("/all/service/max").doubleValue()).isEqualTo(3_600_000);
  }

  @Test
  void write_makesAFileOfOneLine(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("summary.json");
    record(Duration.ZERO, ofMillis(1), "first line\nsecond line");
    ReportDetails details = new ReportDetails("shop", "1", List.of(), "{\n\"a\":\n1}\n");

    JsonSummary.write(result(), details, file);

    String text = Files.readString(file, StandardCharsets.UTF_8);
    assertThat(text).doesNotContain("\n").startsWith("{\"format\":\"broadside-summary\",");
  }

  @ParameterizedTest
  @ValueSource(strings = {"run_time: 10", "", " ", "[]", "null", "{\"a\": 1", "{} {}"})
  void write_refusesAConfigurationThatIsNoJsonObject(String text, @TempDir Path folder) {
    ReportDetails details = new ReportDetails("shop", "1", List.of(), text);
    Path file = folder.resolve("summary.json");

    assertThatThrownBy(() -> JsonSummary.write(result(), details, file))
        .isInstanceOf(IOException.class);
    assertThat(file).doesNotExist();
  }

  @Test
  void errors_haveABound() throws IOException {
    for (int i = 0; i < 300; i++) record(ofMillis(0), ofMillis(1), "x".repeat(990) + i);

    JsonNode errors = document().get("errors");
    assertThat(errors).hasSize(300);
    assertThat(errors.findValues("sample")).hasSize(50);
    String brief = JsonSummary.brief(result(), DETAILS);
    assertThat(JSON.readTree(brief).get("errors"))
        .hasSize(100)
        .allSatisfy(error -> assertThat(error.get("text").textValue()).hasSize(200).endsWith("…"));
    assertThat(brief.length()).isLessThan(40_000);
  }

  @Test
  void brief_leavesOutWhatOnlyChartsOfOneLabelNeed() throws IOException {
    record(ofMillis(0), ofMillis(1), null);
    record(ofMillis(0), ofMillis(1), "HTTP 500");

    JsonNode brief = JSON.readTree(JsonSummary.brief(result(), DETAILS));

    assertThat(brief.at("/transactions/0/service/p99").isNumber()).isTrue();
    assertThat(brief.at("/transactions/0").has("series")).isFalse();
    assertThat(brief.at("/timers/0/service").has("distribution")).isFalse();
    assertThat(brief.at("/errors/0").has("sample")).isFalse();
    assertThat(brief.get("all")).isEqualTo(document().get("all"));
  }
}
