package dev.broadside.oct.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.broadside.metrics.RunRecorder;
import dev.broadside.metrics.RunResult;
import dev.broadside.oct.protocol.TransactionResult;
import dev.broadside.oct.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderRebuildTest {
  @TempDir Path temp;

  private Path project;
  private Path run;

  @BeforeEach
  void makeFolders() throws IOException {
    project = temp.resolve("shop");
    run = Files.createDirectories(project.resolve("results/results_2026.11.22_05.40.00_1234"));
  }

  private static JsonNode summary(Path run) throws IOException {
    return new ObjectMapper().readTree(run.resolve("summary.json").toFile());
  }

  /** As the original leaves it: three results, one turret, nothing of the run itself. */
  private void leaveOriginal() throws Exception {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + run.resolve("results.sqlite"));
        Statement sql = connection.createStatement()) {
      sql.execute(
          """
          CREATE TABLE "result" ("id" INTEGER NOT NULL PRIMARY KEY, "error" TEXT,
            "scriptrun_time" REAL NOT NULL, "elapsed" REAL NOT NULL, "epoch" REAL NOT NULL,
            "custom_timers" TEXT, "turret_name" VARCHAR(255) NOT NULL)""");
      sql.execute(
          """
          CREATE TABLE "turret" ("id" INTEGER NOT NULL PRIMARY KEY, "name" TEXT NOT NULL,
            "uuid" TEXT NOT NULL, "cannons" INTEGER NOT NULL, "script" TEXT NOT NULL,
            "rampup" INTEGER NOT NULL, "status" TEXT NOT NULL, "updated_at" DATETIME NOT NULL)""");
      for (int i = 1; i <= 3; i++) {
        sql.execute(
            ("INSERT INTO result (error, scriptrun_time, elapsed, epoch, custom_timers, turret_name)"
                    + " VALUES ('', 0.25, %d.5, %d, '{\"login\": 0.125}', 'Noname')")
                .formatted(i, 1_795_290_242 + i));
      }
      sql.execute(
          "INSERT INTO turret (name, uuid, cannons, script, rampup, status, updated_at) VALUES"
              + " ('navigation', 'U', 4, 'v_user.py', 0, 'ready', '2026-11-21 19:44:02.029783')");
    }
    Files.writeString(
        run.resolve("config.json"),
        """
        {"run_time": 10, "results_ts_interval": 2, "turrets": ["turrets/navigation.json"],
         "results_database": {"db_uri": "postgresql://oct:secret@db/results"}}
        """);
  }

  @Test
  void make_readsARunOfTheOriginal() throws Exception {
    leaveOriginal();
    assertThat(FolderRebuild.of(run, null, null).make()).isEmpty();

    JsonNode summary = summary(run);
    assertThat(summary.path("title").asText()).isEqualTo("shop");
    assertThat(summary.at("/all/count").asInt()).isEqualTo(3);
    assertThat(summary.at("/all/failures").asInt()).isZero();
    assertThat(summary.at("/all/series/intervalSeconds").asInt()).isEqualTo(2);
    assertThat(summary.at("/timers/0/name").asText()).isEqualTo("login");
    assertThat(summary.at("/tables/0/rows/0/0").asText()).isEqualTo("navigation");
    assertThat(summary.at("/expectedUsers/0/1").asInt()).isEqualTo(4);
    assertThat(summary.at("/configuration/run_time").asInt()).isEqualTo(10);
    assertThat(Files.readString(run.resolve("results.html"))).doesNotContain("secret");
    assertThat(Files.readAllLines(run.resolve("results.csv"))).hasSize(4);
  }

  @Test
  void make_goesByTheConfigurationThatItIsGiven() throws Exception {
    leaveOriginal();
    Path other = Files.writeString(temp.resolve("other.json"), "{\"results_ts_interval\": 0.5}");
    FolderRebuild.of(run, run.resolve("results.sqlite").toString(), other).make();
    assertThat(summary(run).at("/all/series/intervalSeconds").asDouble()).isEqualTo(0.5);

    Path broken = Files.writeString(temp.resolve("broken.json"), "{");
    assertThatThrownBy(() -> FolderRebuild.of(run, null, broken))
        .isInstanceOf(StoreException.class)
        .hasMessageStartingWith(broken + " is not JSON");
  }

  @Test
  void make_judgesByTheThresholdsOfTheConfiguration() throws Exception {
    leaveOriginal();
    Path other = temp.resolve("other.json");
    Files.writeString(other, "{\"thresholds\": [\"count > 2\", \"errors < 0.1%\", \"count > 3\"]}");
    assertThat(FolderRebuild.of(run, null, other).make()).isEmpty();
    assertThat(summary(run).at("/thresholds").findValues("passed").toString())
        .isEqualTo("[true, true, false]");
    assertThat(summary(run).path("passed").asBoolean()).isFalse();

    Files.writeString(other, "{\"thresholds\": [\"p(95) < 200\"]}");
    assertThat(FolderRebuild.of(run, null, other).make())
        .singleElement()
        .asString()
        .startsWith("\"thresholds\" are not judged: \"p(95) < 200\": ");
  }

  @Test
  void make_findsTheRunOfTheFolderInADatabaseOfSeveral() throws Exception {
    ArchiveSettings settings =
        new ArchiveSettings(
            project.resolve("results"),
            "all.sqlite",
            project,
            "shop",
            "{\"results_database\": {\"db_uri\": \"all.sqlite\"}}");
    Path first = archived(settings, Instant.parse("2026-11-22T05:40:00Z"), 1);
    Path second = archived(settings, Instant.parse("2026-11-22T05:50:00Z"), 2);
    for (Path each : new Path[] {first, second}) {
      JsonNode live = summary(each);
      assertThat(FolderRebuild.of(each, null, null).make()).isEmpty();
      assertThat(summary(each)).isEqualTo(live);
    }
    assertThat(summary(first).at("/all/count").asInt()).isEqualTo(1);
    assertThat(summary(second).at("/all/count").asInt()).isEqualTo(2);
  }

  private static Path archived(ArchiveSettings settings, Instant began, int results) {
    try (RunArchive archive = RunArchive.open(settings, began, Duration.ofSeconds(1), 1000)) {
      RunRecorder recorder = RunRecorder.create();
      for (int i = 0; i < results; i++) {
        TransactionResult result =
            new TransactionResult("navigation", 1000L * i, 0, 1000, null, Map.of());
        recorder.record(new TurretStarts().measurement(result));
        archive.add(result);
      }
      RunResult figures = recorder.result(began, Duration.ofSeconds(3), Map.of());
      archive.finish(figures, new TurretClocks());
      return archive.folder();
    }
  }

  @Test
  void csv_hasABoundedNumberOfColumns() throws Exception {
    ArchiveSettings settings = new ArchiveSettings(temp, "default", temp, "flood", "{}");
    try (RunArchive archive =
        RunArchive.open(settings, Instant.now(), Duration.ofSeconds(1), 1000)) {
      for (int i = 0; i < 6000; i++) {
        Map<String, Long> timers = Map.of("timer " + i, 1_000_000L, "login", 2_000_000L);
        archive.add(new TransactionResult("navigation", 1, 1, 1, null, timers));
      }
      archive.close();
      assertThat(FolderRebuild.of(archive.folder(), null, null).make())
          .containsExactly(
              archive.folder().resolve("results.csv") + " has no columns for 1001 timers");
      assertThat(Files.readAllLines(archive.folder().resolve("results.csv")))
          .hasSize(6001)
          .allMatch(line -> line.chars().filter(c -> c == ';').count() == 5004);
    }
  }
}
