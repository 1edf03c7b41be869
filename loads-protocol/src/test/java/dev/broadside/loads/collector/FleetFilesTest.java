package dev.broadside.loads.collector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.broadside.report.ReportDetails;
import dev.broadside.report.ResultsFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FleetFilesTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final LocalDateTime MORNING = LocalDateTime.parse("2026-11-22T05:40:00.000120");
  private static final ReportDetails DETAILS =
      new ReportDetails("shop", "Broadside 1", List.of(), "{\"users\":[2]}");

  @TempDir private Path parent;
  private FleetFiles files;
  private Intake intake;
  private Ledgers ledgers;
  private long nanos;

  @BeforeEach
  void open() throws IOException {
    files = FleetFiles.make(parent.resolve("results"), DETAILS, MORNING);
    ledgers = new Ledgers(1000, InstantSource.fixed(NOON), () -> nanos);
    intake = new Intake(ledgers, report -> {}, files::add, () -> nanos);
  }

  @Test
  void make_namesTheFolderByItsTime() throws Exception {
    FleetFiles next = FleetFiles.make(parent.resolve("results"), DETAILS, MORNING);
    assertThat(List.of(files, next))
        .extracting(each -> each.folder().path().getFileName().toString())
        .containsExactly(
            "results_2026.11.22_05.40.00_000120", "results_2026.11.22_05.40.00_000121");
  }

  @Test
  void hits_areRows() throws Exception {
    test("startTest", "");
    hit(1000, "http://shop/", 200, 0.25);
    hit(1000, "http://shop/a;\\\"b,c", 503, 0.5);
    write(List.of());

    long noon = NOON.getEpochSecond();
    assertThat(Files.readString(files.folder().csv()))
        .isEqualTo(
            "elapsed time;epoch (in seconds);turret name;transaction time;error\r\n"
                + "1;%d;http://shop/;0.25;\r\n".formatted(noon + 1)
                + "2;%d;\"http://shop/a;\"\"b,c\";0.5;HTTP 503\r\n".formatted(noon + 2));
    assertThat(Files.readAllLines(files.folder().jtl()).subList(1, 3))
        .containsExactly(
            noon + "750,250,http://shop/,200,,None,,true,,0,0,0,0,http://shop/,0,0,0",
            (noon + 1)
                + "500,500,\"http://shop/a;\"\"b,c\",503,,None,,false,HTTP 503,0,0,0,0,"
                + "\"http://shop/a;\"\"b,c\",0,0,0");
  }

  @Test
  void whileTheRunGoesOn_theFilesAreASecondBehind() throws Exception {
    assertThat(files.folder().config()).hasContent("{\"users\":[2]}");
    hit(0, "http://shop/", 200, 0.25);
    hit(900, "http://shop/", 200, 0.25);
    hit(100, "http://shop/", 200, 0.25);

    assertThat(Files.readAllLines(files.folder().csv())).hasSize(4);
    assertThat(Files.readAllLines(files.folder().jtl())).hasSize(4);
  }

  @Test
  void report_isOfHits() throws Exception {
    test("startTest", "");
    hit(1000, "http://shop/", 200, 0.25);
    hit(1000, "http://shop/", 503, 0.5);
    hit(1000, "http://shop/pay", 200, 0.1);
    test("addError", "\"exc_info\": [\"ValueError\", \"bad\", \"\"],");
    test("addError", "\"exc_info\": [\"ValueError\", \"bad\", \"\"],");
    test("stopTest", "");
    test("startTest", "");
    test("incr_counter", "\"name\": \"books\",");
    send("not json");
    write(List.of(new UserTrouble(1, 2, "never reported")));

    JsonNode summary = json(files.folder().summary());
    assertThat(summary.get("title").textValue()).isEqualTo("shop");
    assertThat(summary.get("started").textValue()).isEqualTo("2026-11-22T12:00:00Z");
    assertThat(summary.get("durationSeconds").decimalValue()).isEqualByComparingTo("3");
    assertThat(texts(summary.get("transactions"), "name", "count", "failures"))
        .containsExactly("http://shop/ 2 1", "http://shop/pay 1 0");
    assertThat(texts(summary.get("groups"), "name", "count")).containsExactly("None 3");
    assertThat(texts(summary.get("errors"), "text", "count"))
        .containsExactly("ValueError: bad 2", "HTTP 503 1");
    assertThat(texts(summary.get("thresholds"), "threshold", "passed", "measured"))
        .containsExactly(
            "failed tests = 0 false 2",
            "users that died, were late or never reported = 0 false 1",
            "messages that could not be read = 0 false 1",
            "times the run was broken off = 0 true 0");
    assertThat(summary.get("expectedUsers").toString())
        .isEqualTo("[[0,0],[0,1],[2,1],[2,0],[2.5,0],[2.5,2],[3,2],[3,0]]");
    assertThat(summary.get("counters").toString())
        .isEqualTo("{\"unfinished tests\":1,\"tests without outcome\":0,\"malformed\":1}");
    assertThat(summary.at("/tables/0/rows").toString())
        .startsWith("[[\"users\",\"")
        .contains("[\"tests with an error\",\"2\"]", "[\"counter books\",\"1\"]");
    assertThat(texts(summary.get("tables"), "title", "rows"))
        .hasSize(3)
        .endsWith(
            "Tests [[\"t\",\"2\",\"0\",\"0\",\"2\",\"1\",\"0\"]]",
            "Users of whom less came than was asked for [[\"1\",\"2\",\"never reported\"]]");
    assertThat(summary.get("configuration").toString()).isEqualTo("{\"users\":[2]}");
  }

  @Test
  void write_leavesAllFiles() throws Exception {
    hit(1, "http://shop/<script>&\\u0000", 404, 0.5);
    write(List.of());

    assertThat(names(files.folder().path()))
        .containsExactly(
            "config.json",
            "junit.xml",
            "results.csv",
            "results.html",
            "results.jtl",
            "summary.json");
    assertThat(files.folder().config()).hasContent("{\"users\":[2]}");
    assertThat(Files.readString(files.folder().html())).contains("http://shop/\\u003cscript>");
    assertThat(
            DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(files.folder().junit().toFile())
                .getDocumentElement()
                .getAttribute("failures"))
        .isEqualTo("1");
  }

  @Test
  void aFileThatCannotBeWritten_costsItselfAlone() throws Exception {
    Files.createDirectory(files.folder().summary());
    hit(1, "http://shop/", 200, 0.5);

    assertThat(files.write(run(List.of())))
        .singleElement()
        .asString()
        .startsWith("summary.json could not be written: java.nio.file.");
    assertThat(files.folder().html()).isNotEmptyFile();
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "has /dev/full")
  void aFullDisk_isTold() throws Exception {
    ResultsFolder full = new ResultsFolder(Files.createDirectory(parent.resolve("full")));
    Files.createSymbolicLink(full.csv(), Path.of("/dev/full"));
    HitRows rows = HitRows.open(full);
    intake = new Intake(ledgers, report -> {}, rows::add, () -> nanos);
    for (int i = 0; i < 1000; i++) hit(0, "http://shop/", 200, 0.5);
    rows.close();

    assertThat(ledgers.result(0).hits().count()).isEqualTo(1000);
    assertThat(rows.trouble())
        .get()
        .asString()
        .matches("results.csv and results.jtl lack \\d{3} hits or more: .*No space left on device");
  }

  @Test
  void close_leavesNothingOfARunThatNeverWas() throws Exception {
    files.close();
    files.close();
    assertThat(names(parent.resolve("results"))).isEmpty();
  }

  @Test
  void close_keepsTheHitsOfARunThatWasBrokenOff() throws Exception {
    hit(1, "http://shop/", 200, 0.5);
    files.close();
    assertThat(Files.readAllLines(files.folder().csv())).hasSize(2);
  }

  private void write(List<UserTrouble> troubles) {
    assertThat(files.write(run(troubles))).isEmpty();
  }

  private FleetRun run(List<UserTrouble> troubles) {
    LoadsResult result = ledgers.result(intake.malformed.get());
    List<StepSpan> steps =
        List.of(
            new StepSpan(1, NOON.minusMillis(300), NOON.plusSeconds(2)),
            new StepSpan(2, NOON.plusMillis(2500), NOON.plusSeconds(9)));
    return new FleetRun(result, steps, troubles, List.of(), false);
  }

  /** A hit that arrives so much later than what came before. */
  private void hit(long laterMillis, String url, int status, double elapsed) {
    nanos += Duration.ofMillis(laterMillis).toNanos();
    send(
        """
        {"data_type": "add_hit", "agent_id": "None", "run_id": "", "url": "%s", "method": "GET",
         "status": %d, "started": "2026-11-22T11:59:00", "elapsed": %s, "loads_status": [1, 1, 1, 1]}
        """
            .formatted(url, status, elapsed));
  }

  private void test(String dataType, String more) {
    send(
        """
        {"data_type": "%s", "agent_id": "None", "run_id": "", "test": "t", %s
         "loads_status": [1, 1, 1, 1]}
        """
            .formatted(dataType, more));
  }

  private void send(String message) {
    intake.onMessage(List.of(message.getBytes(UTF_8)));
  }

  private static JsonNode json(Path file) throws IOException {
    return new ObjectMapper().readTree(file.toFile());
  }

  /** Of each element these fields, in a line. */
  private static List<String> texts(JsonNode elements, String... fields) {
    return StreamSupport.stream(elements.spliterator(), false)
        .map(
            element ->
                Stream.of(fields).map(field -> text(element.get(field))).collect(joining(" ")))
        .toList();
  }

  private static String text(JsonNode value) {
    return value.isTextual() ? value.textValue() : value.toString();
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
