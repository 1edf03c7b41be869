package dev.broadside.oct.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.broadside.oct.store.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunArchiveTest {
  @TempDir Path folder;
  private Path parent;

  @BeforeEach
  void nameTheParent() {
    parent = folder.resolve("results");
  }

  private ArchiveSettings settings(String databaseUri) {
    return new ArchiveSettings(parent, databaseUri, folder, "shop", "{}");
  }

  private RunArchive open(String databaseUri) {
    return RunArchive.open(settings(databaseUri), Instant.EPOCH, Duration.ofSeconds(1), 1000);
  }

  private void assertRefused(String databaseUri, String why) {
    assertThatThrownBy(() -> RunArchive.check(settings(databaseUri)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("results cannot be stored in ")
        .hasMessageContaining(why);
  }

  @Test
  void check_triesTheDatabaseThatIsNamed() throws Exception {
    assertRefused("nowhere/all.sqlite", "nowhere");
    Files.writeString(folder.resolve("text"), "not a database, just a text".repeat(100));
    assertRefused("text", "not a database");
    String file = folder.resolve("all.sqlite").toString();
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      assertRefused(file, "locked");
      statement.execute("ROLLBACK");
      RunArchive.check(settings(file));
      assertThat(statement.executeQuery("SELECT 1 FROM sqlite_master").next())
          .as("it was left as it was")
          .isFalse();
    }
  }

  @Test
  void check_makesNoDatabaseForARunThatMayNotCome() {
    RunArchive.check(settings("default"));
    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void open_leavesNoFolderWithoutADatabase() {
    assertThatThrownBy(() -> open("nowhere/all.sqlite")).isInstanceOf(StoreException.class);
    assertThat(parent).isEmptyDirectory();
  }
}
