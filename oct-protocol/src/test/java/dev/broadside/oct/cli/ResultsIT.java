package dev.broadside.oct.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.broadside.oct.testing.PythonZmq;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What {@code oct run} leaves behind, and what the other commands make of it. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no signals")
class ResultsIT {
  @TempDir Path folder;

  private ShopProject shop;

  @BeforeEach
  void pickFreePorts() throws IOException {
    shop = ShopProject.onFreePorts(folder);
  }

  private OctProcess startTurret() throws IOException {
    return OctProcess.start(folder, "turret", "start", "--tar", "shop/navigation.tar.gz");
  }

  private Path onlyRun() throws IOException {
    try (Stream<Path> runs = Files.list(folder.resolve("shop/results"))) {
      List<Path> all = runs.toList();
      assertThat(all).hasSize(1);
      return all.get(0);
    }
  }

  private static JsonNode summary(Path run) throws IOException {
    return new ObjectMapper().readTree(run.resolve("summary.json").toFile());
  }

  @Test
  void run_leavesResultsThatTheOtherCommandsRead() throws Exception {
    shop.make(2);
    try (OctProcess hq = OctProcess.start(folder, "run", "shop");
        OctProcess turret = startTurret()) {
      assertThat(hq.awaitExit()).as(hq.toString()).isZero();
      Path run = onlyRun();
      assertThat(hq.awaitLine("Report: "))
          .isEqualTo("Report: " + folder.relativize(run).resolve("results.html"));
      JsonNode summary = summary(run);
      assertThat(summary.path("title").asText()).isEqualTo("shop");
      assertThat(summary.path("madeBy").asText()).matches("Broadside \\d.*");
      assertThat(summary.at("/expectedUsers/0/1").asInt()).isEqualTo(10);
      assertThat(summary.at("/configuration/turrets/0/name").asText()).isEqualTo("navigation");
      long count = summary.at("/all/count").asLong();
      assertThat(count).isPositive();

      Files.delete(run.resolve("summary.json"));
      ShopProject.expectDone(folder, "rebuild", run);
      assertThat(summary(run)).isEqualTo(summary);
      ShopProject.expectDone(folder, "to-csv", run.resolve("results.sqlite"), "out.csv", "-d", ",");
      assertThat(Files.readAllLines(folder.resolve("out.csv")))
          .hasSize((int) count + 1)
          .first()
          .asString()
          .endsWith(",error,add to basket,search");
    }
  }

  @Test
  void run_ofAnOriginalTurretIsTheSame() throws Exception {
    shop.make(2);
    List<String> command =
        PythonZmq.command(
            "original_turret.py", "127.0.0.1", shop.publishPort(), shop.resultsPort(), 3);
    Process turret = new ProcessBuilder(command).start();
    try (OctProcess hq = OctProcess.start(folder, "run", "shop")) {
      assertThat(hq.awaitExit()).as(hq.toString()).isZero();
      Path run = onlyRun();
      JsonNode summary = summary(run);
      assertThat(summary.at("/transactions/0/name").asText()).isEqualTo("Noname");
      assertThat(summary.at("/all/count").asLong()).isGreaterThan(100);
      JsonNode listed = summary.at("/tables/0/rows/0");
      assertThat(listed.path(0).asText()).isEqualTo("navigation");
      assertThat(listed.path(2).asText()).isEqualTo("3");

      ShopProject.expectDone(folder, "rebuild-results", run, run.resolve("results.sqlite"));
      assertThat(summary(run).path("all")).isEqualTo(summary.path("all"));
    } finally {
      turret.destroyForcibly();
    }
  }

  @Test
  void run_thatIsKilledCanBeRebuilt() throws Exception {
    shop.make(600);
    try (OctProcess hq = OctProcess.start(folder, "run", "shop");
        OctProcess turret = startTurret()) {
      hq.awaitLine("p50");
      hq.kill();
      hq.awaitExit();
      Path run = onlyRun();
      assertThat(run.resolve("summary.json")).doesNotExist();
      try (OctProcess rebuild = OctProcess.start(folder, "rebuild-results", run)) {
        assertThat(rebuild.awaitExit()).as(rebuild.toString()).isZero();
        assertThat(rebuild.out()).startsWith("Report: ").endsWith("results.html");
      }
      assertThat(summary(run).at("/all/count").asLong()).isPositive();
    }
  }

  @Test
  void run_forTestingLeavesItsResultsInATemporaryFolder() throws Exception {
    shop.make(1);
    shop.edit("\"testing\": false", "\"testing\": true");
    try (OctProcess hq = OctProcess.start(folder, "run", "shop");
        OctProcess turret = startTurret()) {
      assertThat(hq.awaitExit()).as(hq.toString()).isZero();
      Path report = Path.of(hq.awaitLine("Report: ").substring("Report: ".length()));
      assertThat(report).isRegularFile();
      assertThat(folder.resolve("shop/results")).doesNotExist();
      delete(report.getParent().getParent());
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
    }
  }
}
