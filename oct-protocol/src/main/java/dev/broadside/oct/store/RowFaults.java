package dev.broadside.oct.store;

import java.sql.SQLException;
import java.util.List;

/** Tells a row that a database will never take from a database that takes nothing now. */
final class RowFaults {
  /** Classes of SQLSTATE: data, integrity constraint, and PostgreSQL's program limits. */
  private static final List<String> STATES = List.of("22", "23", "54");

  private static final String UNIQUE = "23505";
  private static final int SQLITE_CONSTRAINT = 19;

  private RowFaults() {}

  static boolean isOne(SQLException e) {
    String state = e.getSQLState();
    if (state != null) return STATES.stream().anyMatch(state::startsWith);
    return (e.getErrorCode() & 0xff) == SQLITE_CONSTRAINT; // without SQLite's extension of it
  }

  /** What is wrong with it. */
  static String words(SQLException e) {
    String state = e.getSQLState();
    boolean taken = state == null || state.equals(UNIQUE);
    String fault = String.valueOf(e.getMessage());
    return taken ? "another headquarters writes into it (" + fault + ")" : fault;
  }
}
