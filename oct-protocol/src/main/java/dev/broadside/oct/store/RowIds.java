package dev.broadside.oct.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/**
 * The ids of a run's rows. They are given here and not by the database, since each database has a
 * syntax of its own for that. They follow those that are there, so the runs of one database stand
 * one after the other. Of two headquarters that write at once the primary key refuses one, from
 * there on: its next id stays the one that the other has taken.
 */
final class RowIds {
  private final long run;
  private final long beforeFirstResult;
  private final long beforeFirstTurret;
  private final Map<String, Long> turrets = new HashMap<>();
  private long results;
  private int storedTurrets;

  private RowIds(long run, long beforeFirstResult, long beforeFirstTurret) {
    this.run = run;
    this.beforeFirstResult = beforeFirstResult;
    this.beforeFirstTurret = beforeFirstTurret;
  }

  /** Those after all that are there. */
  static RowIds after(Connection connection) throws SQLException {
    return new RowIds(
        last(connection, "broadside_run") + 1,
        last(connection, "result"),
        last(connection, "turret"));
  }

  private static long last(Connection connection, String table) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT MAX(id) FROM " + table)) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  /** The id of the run itself. */
  long run() {
    return run;
  }

  /** The last row of results before those of the run. */
  long beforeFirstResult() {
    return beforeFirstResult;
  }

  /** The last row of turrets before those of the run. */
  long beforeFirstTurret() {
    return beforeFirstTurret;
  }

  /** The id of the next result. */
  long nextResult() {
    return beforeFirstResult + results + 1;
  }

  /** So many results were stored. */
  void stored(long results) {
    this.results += results;
  }

  /** The id of a turret, always the same. */
  long turret(String uuid) {
    return turrets.computeIfAbsent(uuid, any -> beforeFirstTurret + turrets.size() + 1);
  }

  /** The id of the last turret that has one. */
  long lastTurret() {
    return beforeFirstTurret + turrets.size();
  }

  /** All turrets that have an id were stored. */
  void turretsStored() {
    storedTurrets = turrets.size();
  }

  /** Turrets were refused: those that were never stored give their ids back. */
  void turretsRefused() {
    turrets.values().removeIf(id -> id > beforeFirstTurret + storedTurrets);
  }
}
