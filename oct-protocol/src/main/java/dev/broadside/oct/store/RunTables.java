package dev.broadside.oct.store;

import dev.broadside.metrics.UserCount;
import dev.broadside.metrics.Verdict;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Writes what our own tables tell of a run. */
final class RunTables {
  private final Connection connection;
  private final String runId;

  RunTables(Connection connection, String runId) {
    this.connection = connection;
    this.runId = runId;
  }

  /** A run begins: its results will follow those that are there. */
  void begin(RunMetadata run, RowIds ids) throws SQLException {
    String insert =
        "INSERT INTO broadside_run (id, run_id, title, started, interval_nanos, max_labels, made_by,"
            + " configuration, before_first_result, last_result, before_first_turret, last_turret)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    execute(
        insert,
        ids.run(),
        runId,
        run.title(),
        run.started().toString(),
        run.interval().toNanos(),
        run.maxLabels(),
        run.madeBy(),
        run.configuration(),
        ids.beforeFirstResult(),
        ids.beforeFirstResult(),
        ids.beforeFirstTurret(),
        ids.beforeFirstTurret());
  }

  /** The results of the run go up to this one. */
  void lastResult(long id) throws SQLException {
    execute("UPDATE broadside_run SET last_result = ? WHERE run_id = ?", id, runId);
  }

  /** Up to which one they go. */
  long lastResult() throws SQLException {
    String select = "SELECT last_result FROM broadside_run WHERE run_id = ?";
    try (PreparedStatement statement = connection.prepareStatement(select)) {
      statement.setString(1, runId);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? row.getLong(1) : 0;
      }
    }
  }

  /** The turrets of the run go up to this one. */
  void lastTurret(long id) throws SQLException {
    execute("UPDATE broadside_run SET last_turret = ? WHERE run_id = ?", id, runId);
  }

  /** A turret obeys a start that was sent so long after the beginning of the run. */
  void start(String turretName, long nanos) throws SQLException {
    String update =
        "UPDATE broadside_turret_start SET start_nanos = ? WHERE run_id = ? AND turret_name = ?";
    if (execute(update, nanos, runId, turretName) > 0) return;
    String insert =
        "INSERT INTO broadside_turret_start (start_nanos, run_id, turret_name) VALUES (?, ?, ?)";
    execute(insert, nanos, runId, turretName);
  }

  /** The run is over. May be said again, where it was not heard whether it was written. */
  void end(RunEnd end) throws SQLException {
    execute(
        "UPDATE broadside_run SET duration_nanos = ? WHERE run_id = ?",
        end.duration().toNanos(),
        runId);
    counters(end.counters());
    expectedUsers(end.expectedUsers());
    clocks(end.skewMicros());
    verdicts(end.verdicts());
  }

  private void counters(Map<String, Long> counters) throws SQLException {
    execute("DELETE FROM broadside_counter WHERE run_id = ?", runId);
    int place = 0;
    for (Map.Entry<String, Long> counter : counters.entrySet()) {
      execute(
          "INSERT INTO broadside_counter (run_id, place, name, amount) VALUES (?, ?, ?, ?)",
          runId,
          place++,
          counter.getKey(),
          counter.getValue());
    }
  }

  private void expectedUsers(List<UserCount> users) throws SQLException {
    execute("DELETE FROM broadside_expected_users WHERE run_id = ?", runId);
    int place = 0;
    for (UserCount count : users) {
      execute(
          "INSERT INTO broadside_expected_users (run_id, place, at_nanos, users)"
              + " VALUES (?, ?, ?, ?)",
          runId,
          place++,
          count.at().toNanos(),
          count.users());
    }
  }

  private void clocks(Map<String, Long> skewMicros) throws SQLException {
    execute("DELETE FROM broadside_turret_clock WHERE run_id = ?", runId);
    for (Map.Entry<String, Long> clock : skewMicros.entrySet()) {
      execute(
          "INSERT INTO broadside_turret_clock (run_id, turret_name, skew_micros) VALUES (?, ?, ?)",
          runId,
          clock.getKey(),
          clock.getValue());
    }
  }

  private void verdicts(List<Verdict> verdicts) throws SQLException {
    execute("DELETE FROM broadside_verdict WHERE run_id = ?", runId);
    int place = 0;
    for (Verdict verdict : verdicts) {
      execute(
          "INSERT INTO broadside_verdict (run_id, place, threshold, passed, measured, abort)"
              + " VALUES (?, ?, ?, ?, ?, ?)",
          runId,
          place++,
          verdict.threshold(),
          verdict.passed() ? 1 : 0,
          verdict.measured(),
          verdict.abort() ? 1 : 0);
    }
  }

  private int execute(String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) statement.setObject(i + 1, values[i]);
      return statement.executeUpdate();
    }
  }
}
