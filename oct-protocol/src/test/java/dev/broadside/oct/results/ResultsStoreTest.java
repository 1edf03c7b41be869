package dev.broadside.oct.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsStoreTest {
  @TempDir Path folder;

  @Test
  void finish_storesAllThatCame() throws Exception {
    Path file = folder.resolve("results.sqlite");
    try (ResultsStore store = ResultsStore.open(DatabaseUri.of(file), Results.run("one"))) {
      for (int i = 0; i < 1234; i++) store.add(Results.result(i));
      StoreAccount account = store.finish(Results.end());
      assertThat(account.received()).isEqualTo(1234);
      assertThat(account.stored()).isEqualTo(1234);
      assertThat(account.notStored()).isZero();
      assertThat(account.reason()).isNull();
    }
    assertThat(
            query(file, "SELECT COUNT(*), MIN(id), MAX(id), COUNT(NULLIF(error, '')) FROM result"))
        .containsExactly("1234|1|1234|123");
    assertThat(query(file, "SELECT * FROM result WHERE id = 10"))
        .containsExactly(
            "10|out of stock|0.020123465|0.009000123|1795290242.009|{\"a timer\":0.010000010}|navigation");
    assertThat(folder).isDirectoryNotContaining(path -> !path.equals(file));
  }

  private static List<String> query(Path file, String sql) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file.toUri());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> found = new ArrayList<>();
      while (rows.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) row.add(rows.getString(i));
        found.add(String.join("|", row));
      }
      return found;
    }
  }
}
