package dev.broadside.oct.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.broadside.metrics.RunResult;
import dev.broadside.oct.protocol.TransactionResult;
import dev.broadside.oct.results.RebuiltRun;
import dev.broadside.oct.testing.Await;
import dev.broadside.oct.testing.Tool;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Others read our database as the original's, and we read the original's. */
class OriginalDatabaseTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("results.sqlite");
  }

  @Test
  void python_readsOurs() throws Exception {
    Tool python = Tool.python("original_database.py");
    Instant seen =
        LocalDateTime.parse("2026-11-21T19:44:02").atZone(ZoneId.systemDefault()).toInstant();
    try (ResultsStore store = ResultsStore.open(DatabaseUri.of(file), Results.run("one"))) {
      store.add(Results.result(8));
      store.add(Results.result(9));
      store.add(
          new TransactionResult("é<b>", 0, 0, 0, "\u0000é", Map.of("\"a status\u0000é\ud800", 5L)));
      store.turret(new StoredTurret("navigation", "947e", 2, 2, "VUser.java", "ready", seen));
      store.finish(Results.end());
    }
    JsonNode read = new ObjectMapper().readTree(python.run("check", file.toString()));
    assertThat(read.get("result types").toString())
        .isEqualTo("[[\"integer\",\"text\",\"real\",\"real\",\"real\",\"text\",\"text\"]]");
    assertThat(read.get("turret types").toString())
        .isEqualTo(
            "[[\"integer\",\"text\",\"text\",\"integer\",\"text\",\"integer\",\"text\",\"text\"]]");
    assertThat(read.get("results").get(0).toString())
        .isEqualTo(
            "[1,\"\",0.020123464,0.008000123,1.795290242008E9,\"{\\\"a timer\\\":0.010000009}\","
                + "\"navigation\"]");
    assertThat(read.get("results").get(1).get(1).textValue()).isEqualTo("out of stock");
    assertThat(read.get("results").get(2).get(1).textValue()).isEqualTo("\u0000é");
    assertThat(read.get("timers").get(2).toString())
        .isEqualTo("{\"\\\"a status\\u0000é\ufffd\":5.0E-9}");
    assertThat(read.get("turrets").toString())
        .isEqualTo(
            "[[1,\"navigation\",\"947e\",2,\"VUser.java\",2,\"ready\",\"2026-11-21 19:44:02.000000\"]]");
  }

  @Test
  void sqlite3_readsOursWhileTheRunGoesOn() throws Exception {
    Tool sqlite3 = Tool.sqlite3();
    try (ResultsStore store = ResultsStore.open(DatabaseUri.of(file), Results.run("one"))) {
      for (int count : List.of(1, 350)) {
        while (store.account().received() < count) store.add(Results.result(0));
        Await.until(count + " stored", () -> store.account().stored() == count);
        assertThat(sqlite3.run("-readonly", file.toString(), "SELECT COUNT(*) FROM result"))
            .isEqualTo(Integer.toString(count));
      }
    }
  }

  @Test
  void storedRun_readsTheOriginals() throws Exception {
    assertThat(Tool.python("original_database.py").run("write", file.toString())).isEmpty();
    List<TransactionResult> results = new ArrayList<>();
    try (StoredRun run = StoredRun.open(DatabaseUri.of(file))) {
      assertThat(run.forEach((id, result) -> results.add(result)))
          .isEqualTo(new UnreadableRows(1, 3));
      assertThat(run.timerNames()).containsExactly("a timer", "b");
      assertThat(run.end()).isEmpty();
      assertThat(run.metadata().started())
          .isEqualTo(Instant.ofEpochMilli(1795290242_000L - 502)); // of the earliest that can be
      assertThat(run.turrets())
          .extracting(StoredTurret::uuid, StoredTurret::status, StoredTurret::rampUpSeconds)
          .containsExactly(tuple("947e", "Running", 2.0), tuple("a5f1", "ready", 0.0));
      assertThat(run.turrets().get(1).updated()).isAfter(Instant.parse("2026-11-20T00:00:00Z"));
    }
    assertThat(results)
        .containsExactly(
            new TransactionResult(
                "Noname",
                501_751_900,
                1_795_290_242_000_000L,
                500_154_972,
                null,
                Map.of("a timer", 500_100_374L, "b", 250_000_000L)),
            result(
                1.25, 1_795_290_243_000_000L, 0.1, "it broke: é", Map.of("a timer", 750_000_000L)),
            result(2.5, 1_795_290_244_000_000L, 0.2, null, Map.of()),
            result(2.5, 0, 0.2, null, Map.of()),
            result(3.5, 1_795_290_245_000_000L, 0.25, null, Map.of()),
            result(0, 1_795_290_247_000_000_000L, 0.125, null, Map.of()));
  }

  private static TransactionResult result(
      double elapsed, long epoch, double scriptrun, String error, Map<String, Long> timers) {
    long elapsedNanos = Math.round(elapsed * 1e9);
    return new TransactionResult(
        "Noname", elapsedNanos, epoch, Math.round(scriptrun * 1e9), error, timers);
  }

  @Test
  void rebuilt_countsWhatTheOriginalHasBroken() throws Exception {
    assertThat(Tool.python("original_database.py").run("write", file.toString())).isEmpty();
    try (StoredRun run = StoredRun.open(DatabaseUri.of(file))) {
      RunResult rebuilt = RebuiltRun.of(run).result();
      assertThat(rebuilt.all().count()).isEqualTo(6);
      assertThat(rebuilt.all().failures()).isEqualTo(1);
      assertThat(rebuilt.duration()).isEqualTo(Duration.ofMillis(3500));
      assertThat(rebuilt.counters())
          .isEqualTo(
              Map.of(
                  "results that the database has broken", 1L,
                  "timers that the database has broken", 3L));
    }
  }
}
