package dev.broadside.oct.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.broadside.oct.protocol.TransactionResult;
import dev.broadside.oct.testing.Await;
import dev.broadside.oct.testing.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store in another database than SQLite, and over a connection that can be lost. */
class PostgresStoreTest {
  @TempDir static Path folder;
  private static PostgresServer postgres;

  @BeforeAll
  static void startPostgres() throws Exception {
    postgres = PostgresServer.startIn(folder);
  }

  @AfterAll
  static void stopPostgres() {
    if (postgres != null) postgres.close();
  }

  private static DatabaseUri database() {
    return DatabaseUri.parse(postgres.jdbcUrl(), folder, folder);
  }

  private static List<TransactionResult> results(String runId) {
    List<TransactionResult> results = new ArrayList<>();
    try (StoredRun run = StoredRun.open(database(), runId)) {
      run.forEach((id, result) -> results.add(result));
    }
    return results;
  }

  @Test
  void run_comesBackAsItWas() {
    List<TransactionResult> stored = new ArrayList<>();
    for (int i = 0; i < 1_234; i++) stored.add(Results.result(i));
    stored.add(
        new TransactionResult(
            "😀".repeat(200), 9_007_199_254_740_991L, -1, 0, null, Map.of("\"a/\0é", 1L, "", 0L)));
    Instant seen = Instant.parse("2026-11-22T05:40:01.000002Z");
    StoredTurret turret = new StoredTurret("navigation", "a", 50, 2.5, "VUser.java", "ready", seen);
    try (ResultsStore store = ResultsStore.open(database(), Results.run("whole"))) {
      store.turret(turret);
      store.started("navigation", 5);
      stored.forEach(store::add);
      assertThat(store.finish(Results.end()).notStored()).isZero();
    }
    try (StoredRun run = StoredRun.open(database(), "whole")) {
      assertThat(run.metadata()).isEqualTo(Results.run("whole"));
      assertThat(run.end()).contains(Results.endOfAStore());
      assertThat(run.turrets()).containsExactly(turret);
      assertThat(run.starts()).isEqualTo(Map.of("navigation", 5L));
    }
    assertThat(results("whole")).isEqualTo(stored);
  }

  @Test
  void texts_loseTheirNuls() {
    try (ResultsStore store = ResultsStore.open(database(), Results.run("nuls"))) {
      store.add(Results.withError("a\0b\0"));
      store.add(Results.withError("c"));
      StoreAccount account = store.finish(Results.end());
      assertThat(account.stored()).isEqualTo(2);
      assertThat(account.changed()).isEqualTo(1);
    }
    assertThat(results("nuls"))
        .extracting(TransactionResult::error)
        .containsExactly("a\ufffdb\ufffd", "c");
  }

  @Test
  void connection_thatIsLost_isMadeAgain() {
    try (ResultsStore store = ResultsStore.open(database(), Results.run("lost"))) {
      for (int i = 0; i < 500; i++) store.add(Results.result(i));
      Await.until("500 stored", () -> store.account().stored() == 500);
      postgres.stop();
      for (int i = 500; i < 900; i++) store.add(Results.result(i));
      Await.until("the trouble is seen", () -> store.account().reason() != null);
      postgres.startAgain();
      Await.until("900 stored", () -> store.account().stored() == 900);
      assertThat(store.finish(Results.end()).reason()).isNull();
    }
    assertThat(results("lost")).hasSize(900).endsWith(Results.result(899));
  }

  @Test
  void result_thatIsRefused_costsItself() throws Exception {
    try (ResultsStore store = ResultsStore.open(database(), Results.run("refused"));
        Connection other = DriverManager.getConnection(postgres.jdbcUrl());
        Statement statement = other.createStatement()) {
      statement.execute("ALTER TABLE result ADD CONSTRAINT polite CHECK (error <> 'damn')");
      for (int i = 0; i < 250; i++) {
        store.add(i % 100 == 42 ? Results.withError("damn") : Results.result(i));
      }
      StoreAccount account = store.finish(Results.end());
      statement.execute("ALTER TABLE result DROP CONSTRAINT polite");
      assertThat(account.stored()).isEqualTo(247);
      assertThat(account.notStored()).isEqualTo(3);
      assertThat(account.reason()).contains("polite");
    }
    assertThat(results("refused")).hasSize(247).endsWith(Results.result(249));
  }

  @Test
  void open_saysWhatIsNotThere() {
    DatabaseUri none =
        DatabaseUri.parse(
            postgres.jdbcUrl().replace("/postgres?", "/nowhere?password=secret&"), folder, folder);
    assertThatThrownBy(() -> ResultsStore.open(none, Results.run("none")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("results cannot be stored in jdbc:postgresql://")
        .hasMessageContaining("\"nowhere\" does not exist")
        .hasMessageNotContaining("secret");
  }
}
