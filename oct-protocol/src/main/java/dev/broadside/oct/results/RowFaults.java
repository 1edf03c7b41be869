package dev.broadside.oct.results;

import java.sql.SQLException;
import java.util.List;

/** Tells a row that a database will never take from a database that takes nothing now. */
final class RowFaults {
  /** Classes of SQLSTATE: data, integrity constraint, and PostgreSQL's program limits. */
  private static final List<String> STATES = List.of("22", "23", "54");

  private static final int SQLITE_TOOBIG = 18;
  private static final int SQLITE_CONSTRAINT = 19;

  private RowFaults() {}

  static boolean isOne(SQLException e) {
    String state = e.getSQLState();
    if (state != null) return STATES.stream().anyMatch(state::startsWith);
    int code = e.getErrorCode() & 0xff; // without SQLite's extension
    return code == SQLITE_TOOBIG || code == SQLITE_CONSTRAINT;
  }
}
