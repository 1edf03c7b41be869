package dev.broadside.oct.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * How databases differ. SQLite has the original's own schema (docs/protocols.md 1.8), all others
 * the same tables in types that each of them knows.
 */
enum Dialect {
  /** The original's schema, to the letter. */
  SQLITE(
      """
      CREATE TABLE IF NOT EXISTS "result" ("id" INTEGER NOT NULL PRIMARY KEY, "error" TEXT,
        "scriptrun_time" REAL NOT NULL, "elapsed" REAL NOT NULL, "epoch" REAL NOT NULL,
        "custom_timers" TEXT, "turret_name" VARCHAR(255) NOT NULL)""",
      """
      CREATE TABLE IF NOT EXISTS "turret" ("id" INTEGER NOT NULL PRIMARY KEY, "name" TEXT NOT NULL,
        "uuid" TEXT NOT NULL, "cannons" INTEGER NOT NULL, "script" TEXT NOT NULL,
        "rampup" INTEGER NOT NULL, "status" TEXT NOT NULL, "updated_at" DATETIME NOT NULL)"""),

  /** Any other database. */
  PORTABLE(
      """
      CREATE TABLE IF NOT EXISTS result (id BIGINT NOT NULL PRIMARY KEY, error TEXT,
        scriptrun_time DOUBLE PRECISION NOT NULL, elapsed DOUBLE PRECISION NOT NULL,
        epoch DOUBLE PRECISION NOT NULL, custom_timers TEXT, turret_name TEXT NOT NULL)""",
      """
      CREATE TABLE IF NOT EXISTS turret (id BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL,
        uuid TEXT NOT NULL, cannons BIGINT NOT NULL, script TEXT NOT NULL,
        rampup DOUBLE PRECISION NOT NULL, status TEXT NOT NULL, updated_at TIMESTAMP NOT NULL)""");

  /** Tables of our own, which the original's programs never look at. */
  private static final List<String> OWN_TABLES =
      List.of(
          """
          CREATE TABLE IF NOT EXISTS broadside_run (id BIGINT NOT NULL PRIMARY KEY,
            run_id VARCHAR(36) NOT NULL, title TEXT NOT NULL, started VARCHAR(40) NOT NULL, duration_nanos BIGINT,
            interval_nanos BIGINT NOT NULL, max_labels BIGINT NOT NULL, made_by TEXT NOT NULL,
            configuration TEXT NOT NULL, before_first_result BIGINT NOT NULL,
            last_result BIGINT NOT NULL, before_first_turret BIGINT NOT NULL,
            last_turret BIGINT NOT NULL)""",
          """
          CREATE TABLE IF NOT EXISTS broadside_turret_start (run_id VARCHAR(36) NOT NULL,
            turret_name TEXT NOT NULL, start_nanos BIGINT NOT NULL)""",
          """
          CREATE TABLE IF NOT EXISTS broadside_turret_clock (run_id VARCHAR(36) NOT NULL,
            turret_name TEXT NOT NULL, skew_micros BIGINT NOT NULL)""",
          """
          CREATE TABLE IF NOT EXISTS broadside_counter (run_id VARCHAR(36) NOT NULL,
            place BIGINT NOT NULL, name TEXT NOT NULL, amount BIGINT NOT NULL)""",
          """
          CREATE TABLE IF NOT EXISTS broadside_expected_users (run_id VARCHAR(36) NOT NULL,
            place BIGINT NOT NULL, at_nanos BIGINT NOT NULL, users DOUBLE PRECISION NOT NULL)""",
          """
          CREATE TABLE IF NOT EXISTS broadside_verdict (run_id VARCHAR(36) NOT NULL,
            place BIGINT NOT NULL, threshold TEXT NOT NULL, passed INTEGER NOT NULL,
            measured TEXT NOT NULL, abort INTEGER NOT NULL)""");

  private static final DateTimeFormatter ORIGINAL_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);

  private final String resultTable;
  private final String turretTable;

  Dialect(String resultTable, String turretTable) {
    this.resultTable = resultTable;
    this.turretTable = turretTable;
  }

  static Dialect of(DatabaseUri database) {
    return database.isSqlite() ? SQLITE : PORTABLE;
  }

  /** Makes the tables that are not there yet. */
  void createTables(Connection connection) throws SQLException {
    List<String> tables =
        Stream.concat(Stream.of(resultTable, turretTable), OWN_TABLES.stream()).toList();
    try (Statement statement = connection.createStatement()) {
      for (String table : tables) statement.execute(table);
    }
  }

  /** Fails where nothing can be written. To be rolled back. */
  void tryToWrite(Connection connection) throws SQLException {
    createTables(connection);
    try (Statement statement = connection.createStatement()) {
      statement.execute("DELETE FROM broadside_counter WHERE place < 0"); // takes the lock
    }
  }

  void setTime(PreparedStatement statement, int index, LocalDateTime time) throws SQLException {
    if (this == SQLITE) statement.setString(index, ORIGINAL_TIME.format(time));
    else statement.setTimestamp(index, Timestamp.valueOf(time));
  }
}
