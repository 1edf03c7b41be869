package dev.broadside.oct.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUriTest {
  private static final Path RUN = Path.of("/shop/results/results_1");
  private static final Path PROJECT = Path.of("/shop");

  @ParameterizedTest
  @CsvSource({
    "default, /shop/results/results_1/results.sqlite",
    "all.db, /shop/all.db",
    "/var/lib/all.db, /var/lib/all.db",
    "sqlite:///all.db, /shop/all.db",
    "sqlite:////var/lib/all.db, /var/lib/all.db",
    "jdbc:sqlite:/var/lib/all.db, /var/lib/all.db",
    "jdbc:postgresql://db/shop,",
    "jdbc:sqlite::memory:,",
    "jdbc:sqlite:file:/var/lib/all.db?cache=shared,",
  })
  void parse_knowsFilesAndOthers(String uri, Path file) {
    assertThat(DatabaseUri.parse(uri, RUN, PROJECT).file()).isEqualTo(file);
  }

  @ParameterizedTest
  @CsvSource({
    "postgresql://user:geheim@db/shop, jdbc:postgresql://HOST/DATABASE",
    "postgres://user:geheim@db/shop, jdbc:postgresql://HOST/DATABASE",
    "mysql+pymysql://user:geheim@db/shop, jdbc:mysql://HOST/DATABASE",
  })
  void parse_saysWhatToWriteForTheOriginals(String uri, String expected) {
    assertThatThrownBy(() -> DatabaseUri.parse(uri, RUN, PROJECT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(expected)
        .hasMessageContaining("//…@db/shop")
        .hasMessageNotContaining("geheim");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://db/shop?user=me&password=geheim&ssl=true",
        "jdbc:postgresql://me:geheim@db/shop",
        "jdbc:sqlserver://db;user=me;PASSWORD=geheim;x=y",
      })
  void toString_showsNoPassword(String uri) {
    DatabaseUri database = DatabaseUri.parse(uri, RUN, PROJECT);
    assertThat(database.jdbcUrl()).isEqualTo(uri);
    assertThat(database.toString()).contains("db").doesNotContain("geheim");
  }

  @Test
  void file_mayHaveAnOddName(@TempDir Path folder) {
    DatabaseUri database = DatabaseUri.of(folder.resolve("50% off? #1 & 'é.sqlite"));
    try (ResultsStore store = ResultsStore.open(database, Results.run("one"))) {
      store.add(Results.result(1));
      assertThat(store.finish(Results.end()).stored()).isEqualTo(1);
    }
    assertThat(database.file()).exists();
    try (StoredRun run = StoredRun.open(database)) {
      assertThat(run.timerNames()).containsExactly("a timer");
    }
  }
}
