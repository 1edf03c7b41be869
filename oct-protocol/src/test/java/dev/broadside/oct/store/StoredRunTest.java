package dev.broadside.oct.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.broadside.metrics.RunRecorder;
import dev.broadside.metrics.RunResult;
import dev.broadside.metrics.TimeSeries;
import dev.broadside.oct.protocol.TransactionResult;
import dev.broadside.oct.results.RebuiltRun;
import dev.broadside.oct.results.TurretStarts;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredRunTest {
  @TempDir Path folder;

  private DatabaseUri database() {
    return DatabaseUri.of(folder.resolve("results.sqlite"));
  }

  private StoreAccount store(String runId, int from, int to) {
    try (ResultsStore store = ResultsStore.open(database(), Results.run(runId))) {
      for (int i = from; i < to; i++) store.add(Results.result(i));
      return store.finish(Results.end());
    }
  }

  private static List<TransactionResult> results(StoredRun run) {
    List<TransactionResult> results = new ArrayList<>();
    run.forEach((id, result) -> results.add(result));
    return results;
  }

  @Test
  void forEach_givesWhatWasStored() {
    List<TransactionResult> stored = new ArrayList<>();
    for (int i = 0; i < 250; i++) stored.add(Results.result(i));
    stored.add(Results.withError("a NUL \0, a lone \ud800, <b>, 'quotes\"; DROP TABLE result; 😀"));
    stored.add(
        new TransactionResult(
            "😀/../<b>", 9_007_199_254_740_991L, -1, 0, null, Map.of("\"a/\0é", 1L, "status", 0L)));
    try (ResultsStore store = ResultsStore.open(database(), Results.run("one"))) {
      stored.forEach(store::add);
      assertThat(store.finish(Results.end()).notStored()).isZero();
    }
    try (StoredRun run = StoredRun.open(database())) {
      assertThat(results(run).subList(0, 250)).isEqualTo(stored.subList(0, 250));
      assertThat(results(run).get(250).error())
          .isEqualTo("a NUL \0, a lone ?, <b>, 'quotes\"; DROP TABLE result; 😀");
      assertThat(results(run).get(251)).isEqualTo(stored.get(251));
      assertThat(run.timerNames()).containsExactly("\"a/\0é", "a timer", "status");
    }
  }

  @Test
  void run_tellsItsBeginningAndEnd() {
    try (ResultsStore store = ResultsStore.open(database(), Results.run("one"))) {
      store.started("navigation", 5);
      store.started("navigation", 3_000_000_000L);
      store.started("search", 4_000_000_000L);
      store.turret(turret("a", "ready"));
      store.turret(turret("b", "ready"));
      store.turret(turret("a", "Running"));
      store.finish(Results.end());
    }
    try (StoredRun run = StoredRun.open(database())) {
      assertThat(run.metadata()).isEqualTo(Results.run("one"));
      assertThat(run.end()).contains(Results.endOfAStore());
      assertThat(run.starts()).isEqualTo(Map.of("navigation", 5L, "search", 4_000_000_000L));
      assertThat(run.turrets()).containsExactly(turret("a", "Running"), turret("b", "ready"));
    }
  }

  private static StoredTurret turret(String uuid, String status) {
    Instant seen = Instant.parse("2026-11-22T05:40:01.000002Z");
    return new StoredTurret("navigation", uuid, 50, 2.5, "VUser.java", status, seen);
  }

  @Test
  void open_tellsTheRunsOfOneDatabaseApart() {
    store("one", 0, 150);
    store("none", 0, 0);
    store("two", 200, 230);
    try (StoredRun run = StoredRun.open(database())) {
      assertThat(run.metadata().runId()).isEqualTo("two");
      assertThat(results(run)).hasSize(30).startsWith(Results.result(200));
    }
    try (StoredRun run = StoredRun.open(database(), "one")) {
      assertThat(results(run)).hasSize(150).endsWith(Results.result(149));
    }
    assertThatThrownBy(() -> StoredRun.open(database(), "three").close())
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("results.sqlite does not hold the run three");
  }

  @Test
  void open_saysWhatIsNoDatabase() {
    assertThatThrownBy(() -> StoredRun.open(database()).close())
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("results cannot be read from " + database());
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void rebuilt_isWhatWasRecorded() {
    RunRecorder live = RunRecorder.builder().interval(Duration.ofSeconds(5)).build();
    TurretStarts starts = new TurretStarts(Map.of("navigation", 2_000_000_000L));
    try (ResultsStore store = ResultsStore.open(database(), Results.run("one"))) {
      store.started("navigation", 2_000_000_000L);
      for (int i = 0; i < 12_345; i++) {
        store.add(Results.result(i));
        live.record(starts.measurement(Results.result(i)));
      }
      store.finish(Results.end());
    }
    RunResult expected =
        live.result(Results.STARTED, Results.end().duration(), Results.endOfAStore().counters());
    try (StoredRun run = StoredRun.open(database())) {
      RebuiltRun rebuilt = RebuiltRun.of(run);
      assertThat(rebuilt.timerNames()).containsExactly("a timer");
      assertThat(figures(rebuilt.result())).isEqualTo(figures(expected));
    }
  }

  private static String figures(RunResult result) {
    StringBuilder figures = new StringBuilder(result.toString().replaceAll("Interval@\\w+", ""));
    for (TimeSeries.Interval interval : result.all().series().intervals()) {
      figures.append('\n').append(interval.service()).append(interval.failed());
    }
    return figures.toString();
  }
}
