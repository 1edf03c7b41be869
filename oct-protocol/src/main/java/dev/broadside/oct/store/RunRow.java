package dev.broadside.oct.store;

import dev.broadside.metrics.UserCount;
import dev.broadside.metrics.Verdict;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run in a database, and which rows of the other tables are its own.
 *
 * @param metadata what is known of its beginning
 * @param durationNanos how long it went on; null if nobody knows
 * @param results the ids of its results
 * @param turrets the ids of its turrets
 */
record RunRow(
    RunMetadata metadata, @Nullable Long durationNanos, IdRange results, IdRange turrets) {
  /**
   * Those of a table that come after one row, and not after another.
   *
   * @param after the row before the first
   * @param last the last row
   */
  record IdRange(long after, long last) {}

  /** The runs of a database, the latest first; one of the original, if it holds none of ours. */
  static List<RunRow> all(Connection connection) throws SQLException {
    List<RunRow> runs = ours(connection);
    return runs.isEmpty() ? List.of(ofOriginal(connection)) : runs;
  }

  private static List<RunRow> ours(Connection connection) throws SQLException {
    String select =
        "SELECT run_id, title, started, interval_nanos, max_labels, made_by, configuration,"
            + " duration_nanos, before_first_result, last_result, before_first_turret, last_turret"
            + " FROM broadside_run"
            + " ORDER BY id DESC";
    List<RunRow> runs = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(select)) {
      while (row.next()) runs.add(of(row));
    } catch (SQLException e) {
      connection.rollback(); // it has no table of ours
    }
    return runs;
  }

  private static RunRow of(ResultSet row) throws SQLException {
    RunMetadata metadata =
        new RunMetadata(
            row.getString(1),
            row.getString(2),
            Instant.parse(row.getString(3)),
            Duration.ofNanos(row.getLong(4)),
            row.getInt(5),
            row.getString(6),
            row.getString(7));
    long nanos = row.getLong(8);
    Long duration = row.wasNull() ? null : nanos;
    IdRange results = new IdRange(row.getLong(9), row.getLong(10));
    return new RunRow(metadata, duration, results, new IdRange(row.getLong(11), row.getLong(12)));
  }

  private static RunRow ofOriginal(Connection connection) throws SQLException {
    Instant started = OriginalStart.of(connection);
    RunMetadata metadata =
        new RunMetadata("", "", started, Duration.ofSeconds(1), 1000, "OCT", "{}");
    IdRange all = new IdRange(0, Long.MAX_VALUE);
    return new RunRow(metadata, null, all, all);
  }

  Optional<RunEnd> end(Connection connection) throws SQLException {
    if (durationNanos == null) return Optional.empty();
    Map<String, Long> counters = new LinkedHashMap<>();
    String select = "SELECT name, amount FROM broadside_counter WHERE run_id = ? ORDER BY place";
    forEach(connection, select, row -> counters.put(row.getString(1), row.getLong(2)));
    List<UserCount> users = new ArrayList<>();
    select = "SELECT at_nanos, users FROM broadside_expected_users WHERE run_id = ? ORDER BY place";
    forEach(connection, select, row -> users.add(userCount(row)));
    Map<String, Long> skews = new HashMap<>();
    select = "SELECT turret_name, skew_micros FROM broadside_turret_clock WHERE run_id = ?";
    forEach(connection, select, row -> skews.put(row.getString(1), row.getLong(2)));
    List<Verdict> verdicts = new ArrayList<>();
    select =
        "SELECT threshold, passed, measured, abort FROM broadside_verdict WHERE run_id = ?"
            + " ORDER BY place";
    forEach(connection, select, row -> verdicts.add(verdict(row)));
    Duration duration = Duration.ofNanos(durationNanos);
    return Optional.of(new RunEnd(duration, counters, users, skews, verdicts));
  }

  private static Verdict verdict(ResultSet row) throws SQLException {
    return new Verdict(row.getString(1), row.getInt(2) != 0, row.getString(3), row.getInt(4) != 0);
  }

  private static UserCount userCount(ResultSet row) throws SQLException {
    return new UserCount(Duration.ofNanos(row.getLong(1)), row.getDouble(2));
  }

  Map<String, Long> starts(Connection connection) throws SQLException {
    Map<String, Long> nanosByName = new HashMap<>();
    if (isOurs()) {
      String select =
          "SELECT turret_name, start_nanos FROM broadside_turret_start WHERE run_id = ?";
      forEach(connection, select, row -> nanosByName.put(row.getString(1), row.getLong(2)));
    }
    return nanosByName;
  }

  private boolean isOurs() {
    return !metadata.runId().isEmpty();
  }

  /** Takes a row. */
  private interface Row {
    void take(ResultSet row) throws SQLException;
  }

  private void forEach(Connection connection, String select, Row taker) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(select)) {
      statement.setString(1, metadata.runId());
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) taker.take(row);
      }
    }
  }
}
