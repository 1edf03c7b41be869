package dev.broadside.oct.hq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.broadside.metrics.RunResult;
import dev.broadside.oct.results.FolderRebuild;
import dev.broadside.oct.testing.Await;
import dev.broadside.report.ResultsFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a headquarters keeps of its runs, with a turret of plain sockets. */
@Timeout(120)
class ResultsFolderTest {
  private static final List<String> FILES =
      List.of(
          "config.json",
          "junit.xml",
          "results.csv",
          "results.html",
          "results.jtl",
          "results.sqlite",
          "summary.json");

  @TempDir Path folder;

  private Headquarters started() {
    Headquarters hq =
        Headquarters.builder()
            .publishPort(0)
            .resultsPort(0)
            .runTime(ofSeconds(60))
            .interval(ofMillis(100))
            .turretTimeout(ofSeconds(20))
            .title("Shop & <friends>")
            .resultsFolder(folder)
            .build();
    hq.start();
    return hq;
  }

  /** A run in which the turret sends these messages between some good ones. */
  private static RunResult run(Headquarters hq, List<byte[]> messages)
      throws InterruptedException, ExecutionException, TimeoutException {
    try (FakeTurret turret = new FakeTurret(hq, "navigation")) {
      CompletableFuture<RunResult> run = fire(hq, turret);
      for (byte[] message : messages) {
        turret.fires(1);
        turret.send(message);
      }
      turret.fires(1);
      turret.says("done"); // the last message
      Await.until("done", () -> hq.turrets().get(0).status().equals("done"));
      hq.endRun();
      turret.awaitOrder("stop");
      turret.says("ready");
      return run.get(60, TimeUnit.SECONDS);
    }
  }

  private static CompletableFuture<RunResult> fire(Headquarters hq, FakeTurret turret) {
    CompletableFuture<RunResult> run = CompletableFuture.supplyAsync(hq::run);
    turret.says("ready");
    turret.awaitOrder("start");
    turret.says("Running");
    return run;
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  private static JsonNode summary(Path run) throws IOException {
    return new ObjectMapper().readTree(run.resolve("summary.json").toFile());
  }

  @Test
  void run_leavesAFolderWithAllFiles() throws Exception {
    try (Headquarters hq = started()) {
      RunResult result = run(hq, List.of("{}".getBytes(UTF_8), "not json".getBytes(UTF_8)));
      Path run = hq.resultsFolder().orElseThrow();

      assertThat(run.getFileName().toString())
          .matches("results_\\d{4}\\.\\d\\d\\.\\d\\d_\\d\\d\\.\\d\\d\\.\\d\\d_\\d{6}");
      assertThat(files(folder))
          .isEqualTo(FILES.stream().map(name -> run.getFileName() + "/" + name).toList());
      JsonNode summary = summary(run);
      assertThat(summary.path("title").asText()).isEqualTo("Shop & <friends>");
      assertThat(summary.at("/all/count").asInt()).isEqualTo(3);
      assertThat(summary.at("/counters/malformed").asInt()).isEqualTo(2);
      assertThat(summary.at("/counters/results not stored").asInt()).isZero();
      assertThat(summary.at("/configuration/run_time").asInt()).isEqualTo(60);
      assertThat(summary.at("/expectedUsers/0/1").asInt()).isEqualTo(1);
      JsonNode turret = summary.at("/tables/0/rows/0");
      assertThat(turret.path(0).asText()).isEqualTo("navigation");
      assertThat(turret.path(5).asText()).isEqualTo("ready");
      assertThat(turret.path(7).asText()).isEqualTo("epoch makes no sense");
      assertThat(Files.readAllLines(run.resolve("results.csv"))).hasSize(4);
      assertThat(Files.readAllLines(run.resolve("results.jtl"))).hasSize(4);
      assertThat(result.counters()).containsEntry("results not stored", 0L);
    }
  }

  @Test
  void runs_haveAFolderEach() throws Exception {
    try (Headquarters hq = started()) {
      run(hq, List.of());
      Path first = hq.resultsFolder().orElseThrow();
      run(hq, List.of());
      assertThat(hq.resultsFolder()).isNotEqualTo(first);
      assertThat(files(folder)).hasSize(2 * FILES.size());
    }
  }

  @Test
  void rebuild_makesTheSameFilesAgain() throws Exception {
    try (Headquarters hq = started()) {
      List<byte[]> storable =
          OddMessages.accepted().stream()
              .map(frames -> frames.get(0))
              .filter(message -> !new String(message, UTF_8).contains("ud800")) // is a ? there
              .toList();
      run(hq, storable);
      assertRebuildIsTheSame(hq.resultsFolder().orElseThrow());
    }
  }

  private static void assertRebuildIsTheSame(Path run) throws IOException {
    JsonNode live = summary(run);
    String csv = Files.readString(run.resolve("results.csv"));
    String jtl = Files.readString(run.resolve("results.jtl"));
    String junit = Files.readString(run.resolve("junit.xml"));
    for (String file : FILES) {
      if (!file.equals("results.sqlite")) Files.delete(run.resolve(file));
    }

    assertThat(FolderRebuild.of(run, null, null).make()).isEmpty();
    assertThat(files(run)).isEqualTo(FILES);
    assertThat(summary(run)).isEqualTo(live);
    assertThat(run.resolve("results.csv")).hasContent(csv);
    assertThat(run.resolve("results.jtl")).hasContent(jtl);
    assertThat(run.resolve("junit.xml")).hasContent(junit);
  }

  @Test
  void oddMessages_leaveCorrectFiles() throws Exception {
    try (Headquarters hq = started()) {
      List<byte[]> bad =
          OddMessages.bad().stream().filter(it -> it.size() == 1).map(it -> it.get(0)).toList();
      List<byte[]> accepted = OddMessages.accepted().stream().map(it -> it.get(0)).toList();
      RunResult result = run(hq, Stream.concat(bad.stream(), accepted.stream()).toList());
      Path run = hq.resultsFolder().orElseThrow();

      long good = bad.size() + 2L * accepted.size() + 1;
      assertThat(files(folder)).as("no name of a timer is a path").hasSize(FILES.size());
      JsonNode summary = summary(run);
      assertThat(summary.at("/all/count").asLong()).isEqualTo(good);
      assertThat(summary.at("/all/series/count").size()).isLessThanOrEqualTo(600);
      assertThat(summary.path("timers")).hasSize(1001);
      assertThat(summary.path("timers").path(1000).path("name").asText()).isEqualTo("(other)");
      assertThat(result.counters()).containsEntry("malformed", (long) bad.size());
      assertThat(Files.readString(run.resolve("results.html")))
          .doesNotContain("<img src=x>", "<script>alert(1)");
      assertThat(Files.size(run.resolve("results.html"))).isLessThan(30_000_000);
    }
  }

  @Test
  void run_thatIsBrokenOffLeavesItsDatabase() throws Exception {
    Path run;
    try (Headquarters hq = started();
        FakeTurret turret = new FakeTurret(hq, "navigation")) {
      CompletableFuture<RunResult> broken = fire(hq, turret);
      turret.fires(10);
      Await.until("received", () -> hq.current().orElseThrow().all().count() == 10);
      hq.close();
      assertThatThrownBy(broken::join).hasMessageContaining("is closed");
      run = hq.resultsFolder().orElseThrow();
    }
    assertThat(files(run)).contains("config.json", "results.sqlite").doesNotContain("summary.json");

    assertThat(FolderRebuild.of(run, null, null).make()).isEmpty();
    assertThat(files(run)).isEqualTo(FILES);
    assertThat(summary(run).at("/all/count").asInt()).isEqualTo(10);
    assertThat(summary(run).at("/expectedUsers/0/1").asInt()).isEqualTo(1);
  }

  @Test
  void file_thatCannotBeWrittenCostsItselfOnly() throws Exception {
    try (Headquarters hq = started();
        FakeTurret turret = new FakeTurret(hq, "navigation")) {
      CompletableFuture<RunResult> pending = fire(hq, turret);
      turret.fires(5);
      Await.until("received", () -> hq.current().orElseThrow().all().count() == 5);
      try (Stream<Path> runs = Files.list(folder)) {
        Files.createDirectories(runs.findFirst().orElseThrow().resolve("results.csv/in the way"));
      }
      hq.endRun();
      turret.awaitOrder("stop");
      turret.says("ready");

      assertThat(pending.get(60, TimeUnit.SECONDS).all().count()).isEqualTo(5);
      Path run = hq.resultsFolder().orElseThrow();
      assertThat(files(run)).hasSize(FILES.size() - 1).contains("results.html", "results.jtl");
      assertThat(new ResultsFolder(run).missing()).containsExactly(run.resolve("results.csv"));
    }
  }

  @Test
  void run_thatWasEndedBeforeItsStartLeavesNothing() throws Exception {
    try (Headquarters hq = started()) {
      CompletableFuture<RunResult> run = CompletableFuture.supplyAsync(hq::run);
      Await.until("waiting", () -> hq.current().isPresent());
      hq.endRun();
      run.get(20, TimeUnit.SECONDS);
      assertThat(hq.resultsFolder()).isEmpty();
      assertThat(folder).isEmptyDirectory();
    }
  }

  @Test
  void start_saysThatNoResultsCanBeKept() throws Exception {
    Path file = Files.createFile(folder.resolve("taken"));
    try (Headquarters hq = Headquarters.builder().resultsFolder(file).build()) {
      assertThatThrownBy(hq::start)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("no results can be kept in " + file);
    }
    assertThatThrownBy(() -> Headquarters.builder().resultsDatabase("postgresql://u:secret@h/d"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected for example jdbc:postgresql:")
        .hasMessageNotContaining("secret");
  }
}
