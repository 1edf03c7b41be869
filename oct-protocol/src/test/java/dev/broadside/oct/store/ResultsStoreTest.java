package dev.broadside.oct.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.broadside.oct.results.RebuiltRun;
import dev.broadside.oct.testing.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsStoreTest {
  private static final Duration SHORT = Duration.ofMillis(300);

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("results.sqlite");
  }

  private ResultsStore open() {
    return ResultsStore.open(DatabaseUri.of(file), Results.run("one"));
  }

  private static void add(ResultsStore store, int results) {
    for (int i = 0; i < results; i++) store.add(Results.result(i));
  }

  private static void awaitStored(ResultsStore store, long results) {
    Await.until(results + " stored", () -> store.account().stored() == results);
  }

  private static String reason(ResultsStore store) {
    return String.valueOf(store.account().reason());
  }

  @Test
  void finish_storesAllThatCame() throws Exception {
    try (ResultsStore store = open()) {
      add(store, 1234);
      StoreAccount account = store.finish(Results.end());
      assertThat(account.received()).isEqualTo(1234);
      assertThat(account.stored()).isEqualTo(1234);
      assertThat(account.notStored()).isZero();
      assertThat(account.reason()).isNull();
    }
    assertThat(
            Sqlite.query(
                file, "SELECT COUNT(*), MIN(id), MAX(id), COUNT(NULLIF(error, '')) FROM result"))
        .containsExactly("1234|1|1234|123");
    assertThat(Sqlite.query(file, "SELECT * FROM result WHERE id = 10"))
        .containsExactly(
            "10|out of stock|0.020123465|0.009000123|1795290242.009|{\"a timer\":0.010000010}"
                + "|navigation");
    assertThat(folder).isDirectoryNotContaining(path -> !path.equals(file));
  }

  @Test
  void add_isSeenByOthersSoon() throws Exception {
    try (ResultsStore store = open();
        Sqlite other = new Sqlite(file)) {
      add(store, 1);
      awaitStored(store, 1);
      assertThat(other.query("SELECT COUNT(*) FROM result")).containsExactly("1");
      add(store, 250);
      awaitStored(store, 251);
      assertThat(other.query("SELECT COUNT(*) FROM result")).containsExactly("251");
    }
  }

  @Test
  void close_leavesARunWithoutItsEnd() {
    try (ResultsStore store = open()) {
      add(store, 7);
    }
    try (StoredRun run = StoredRun.open(DatabaseUri.of(file))) {
      assertThat(run.end()).isEmpty();
      assertThat(RebuiltRun.of(run).result().all().count()).isEqualTo(7);
    }
  }

  @Test
  void database_thatIsLockedForAWhile_losesNothing() throws Exception {
    try (ResultsStore store = open();
        Sqlite other = new Sqlite(file)) {
      other.execute("BEGIN IMMEDIATE");
      add(store, 500);
      Await.until("a refusal", () -> reason(store).contains("locked"));
      assertThat(reason(store)).contains(file.toString());
      other.execute("COMMIT");
      awaitStored(store, 500);
      assertThat(store.finish(Results.end()).reason()).isNull();
    }
  }

  @Test
  void database_thatStaysLocked_isGivenUpWithItsAccount() throws Exception {
    try (ResultsStore store = open();
        Sqlite other = new Sqlite(file)) {
      add(store, 100);
      awaitStored(store, 100);
      other.execute("BEGIN IMMEDIATE");
      add(store, 23);
      StoreAccount account = store.finish(Results.end(), SHORT.plusMillis(700));
      assertThat(account.stored()).isEqualTo(100);
      assertThat(account.notStored()).isEqualTo(23);
      assertThat(account.reason()).contains("locked");
    }
  }

  @Test
  void database_thatIsFull_keepsWhatFits() throws Exception {
    DatabaseUri small = DatabaseUri.parse("jdbc:sqlite:" + file + "?max_page_count=60", file, file);
    try (ResultsStore store = ResultsStore.open(small, Results.run("one"))) {
      add(store, 500);
      awaitStored(store, 500);
      add(store, 5_000);
      StoreAccount account = store.finish(Results.end(), SHORT);
      assertThat(account.received()).isEqualTo(5_500);
      assertThat(account.stored()).isBetween(500L, 5_000L);
      assertThat(account.notStored()).isEqualTo(5_500 - account.stored());
      assertThat(account.reason()).contains("full");
      assertThat(Sqlite.query(file, "SELECT COUNT(*) FROM result"))
          .containsExactly(Long.toString(account.stored()));
    }
  }

  @Test
  void file_thatIsDeleted_holdsNothing() throws Exception {
    try (ResultsStore store = open()) {
      add(store, 10);
      awaitStored(store, 10);
      try (var files = Files.list(folder)) {
        for (Path each : files.toList()) Files.delete(each);
      }
      Files.delete(folder);
      add(store, 5);
      Await.until("the loss is seen", () -> store.account().stored() == 0);
      add(store, 5);
      StoreAccount account = store.finish(Results.end());
      assertThat(account.notStored()).isEqualTo(20);
      assertThat(account.reason()).contains(file + " was deleted or replaced");
      Files.createDirectory(folder); // for JUnit
    }
  }

  @Test
  void writer_thatComesBetween_isNeverMixedIn() throws Exception {
    try (ResultsStore store = open();
        Sqlite other = new Sqlite(file)) {
      add(store, 10);
      awaitStored(store, 10);
      other.execute("INSERT INTO result VALUES (NULL, '', 1, 1, 1, '{}', 'stranger')");
      add(store, 250);
      StoreAccount account = store.finish(Results.end());
      assertThat(account.stored()).isEqualTo(10);
      assertThat(account.notStored()).isEqualTo(250);
      assertThat(account.reason()).contains("another headquarters writes into it");
      assertThat(other.query("SELECT COUNT(*) FROM result")).containsExactly("11");
    }
  }

  @Test
  void open_saysWhatKeepsItFromOpening() throws Exception {
    Files.writeString(
        file, "this is no database, but a text that is long enough to be read as one");
    assertThatThrownBy(this::open)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("results cannot be stored in " + file)
        .hasMessageContaining("not a database");
    file = folder.resolve("missing").resolve("results.sqlite");
    assertThatThrownBy(this::open)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("results cannot be stored in " + file);
  }

  @Test
  void open_namesTheDriverThatIsMissing() {
    DatabaseUri database =
        DatabaseUri.parse("jdbc:mariadb://db/shop?user=a&password=secret", folder, folder);
    assertThatThrownBy(() -> ResultsStore.open(database, Results.run("one")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("org.mariadb.jdbc:mariadb-java-client")
        .hasMessageContaining("java -cp oct.jar:DRIVER.jar dev.broadside.oct.cli.OctCommand")
        .hasMessageNotContaining("secret");
  }

  @Test
  void finish_leavesNoThread() {
    try (ResultsStore store = open()) {
      add(store, 1);
      store.finish(Results.end());
      List<String> threads =
          Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
      assertThat(threads).doesNotContain("headquarters-store");
      store.add(Results.result(1)); // too late, but counted
      assertThat(store.account().notStored()).isEqualTo(1);
    }
  }
}
