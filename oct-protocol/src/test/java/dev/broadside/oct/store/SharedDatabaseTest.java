package dev.broadside.oct.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broadside.oct.testing.Await;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two headquarters that write into one database at the same time. */
class SharedDatabaseTest {
  @TempDir Path folder;

  private ResultsStore open(String runId) {
    DatabaseUri database = DatabaseUri.of(folder.resolve("results.sqlite"));
    return ResultsStore.open(database, Results.run(runId));
  }

  private StoredRun read(String runId) {
    return StoredRun.open(DatabaseUri.of(folder.resolve("results.sqlite")), runId);
  }

  private static void store(ResultsStore store, int from, int to) {
    long before = store.account().stored();
    for (int i = from; i < to; i++) store.add(Results.result(i));
    Await.until("stored", () -> store.account().stored() == before + to - from);
  }

  private static StoredTurret turret(String uuid) {
    return new StoredTurret("shop", uuid, 1, 0, "VUser.java", "ready", Instant.EPOCH);
  }

  private List<Integer> resultsOf(String runId) {
    List<Integer> numbers = new ArrayList<>();
    try (StoredRun run = read(runId)) {
      run.forEach((id, result) -> numbers.add((int) (result.elapsedNanos() / 1_000_000)));
    }
    return numbers;
  }

  private List<String> turretsOf(String runId) {
    try (StoredRun run = read(runId)) {
      return run.turrets().stream().map(StoredTurret::uuid).toList();
    }
  }

  private static List<Integer> range(int from, int to) {
    List<Integer> range = new ArrayList<>();
    for (int i = from; i < to; i++) range.add(i);
    return range;
  }

  @Test
  void first_keepsWhatItStoresAfterTheSecondBegan() {
    try (ResultsStore first = open("first")) {
      store(first, 0, 150);
      try (ResultsStore second = open("second")) {
        store(first, 150, 300);
        for (int i = 500; i < 550; i++) second.add(Results.result(i));
        assertThat(second.finish(Results.end()).notStored()).isEqualTo(50);
      }
      store(first, 300, 320);
      assertThat(resultsOf("first")).isEqualTo(range(0, 320)); // as if it were killed now
      assertThat(first.finish(Results.end()).notStored()).isZero();
    }
    assertThat(resultsOf("first")).isEqualTo(range(0, 320));
    assertThat(resultsOf("second")).isEmpty();
  }

  @Test
  void second_keepsWhatItStoresBeforeTheFirstGoesOn() {
    try (ResultsStore first = open("first")) {
      store(first, 0, 150);
      try (ResultsStore second = open("second")) {
        store(second, 500, 550);
        first.add(Results.result(150));
        assertThat(first.finish(Results.end()).notStored()).isEqualTo(1);
        store(second, 550, 560);
        second.finish(Results.end());
      }
    }
    assertThat(resultsOf("first")).isEqualTo(range(0, 150));
    assertThat(resultsOf("second")).isEqualTo(range(500, 560));
  }

  @Test
  void turrets_areNotMixedEither() {
    try (ResultsStore first = open("first");
        ResultsStore second = open("second")) {
      first.turret(turret("a"));
      Await.until("a turret", () -> turretsOf("first").equals(List.of("a")));
      second.turret(turret("b"));
      second.finish(Results.end());
      first.turret(turret("c"));
      first.finish(Results.end());
    }
    assertThat(turretsOf("first")).containsExactly("a", "c");
    assertThat(turretsOf("second")).isEmpty();
  }
}
