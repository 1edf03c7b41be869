package dev.broadside.oct.store;

import dev.broadside.oct.protocol.TimersReader;
import dev.broadside.oct.protocol.TransactionResult;
import dev.broadside.oct.store.RunRow.IdRange;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads the results of a run, a portion at a time. */
final class ResultRows {
  private static final String SELECT =
      "SELECT id, turret_name, elapsed, epoch, scriptrun_time, NULLIF(error, ''), custom_timers"
          + " FROM result WHERE id > ? AND id <= ? ORDER BY id";
  private static final int PORTION = 1000;
  private static final double MAX_SECONDS = 9e9; // what fits into a long of nanoseconds

  private final Connection connection;
  private final IdRange ids;

  ResultRows(Connection connection, IdRange ids) {
    this.connection = connection;
    this.ids = ids;
  }

  <X extends Exception> UnreadableRows forEach(RowVisitor<X> visitor) throws SQLException, X {
    long badResults = 0;
    long badTimers = 0;
    try (PreparedStatement statement = select(SELECT);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        Map<String, Long> timers = TimersReader.read(row.getString(7));
        if (timers == null) badTimers++;
        TransactionResult result = result(row, timers == null ? Map.of() : timers);
        if (result == null) badResults++;
        else visitor.visit(row.getLong(1), result);
      }
    }
    return new UnreadableRows(badResults, badTimers);
  }

  private static @Nullable TransactionResult result(ResultSet row, Map<String, Long> timers)
      throws SQLException {
    double elapsed = row.getDouble(3);
    double scriptrun = row.getDouble(5);
    if (!isTime(elapsed) || !isTime(scriptrun)) return null;
    String error = row.getString(6);
    return new TransactionResult(
        row.getString(2),
        nanos(elapsed),
        Math.round(row.getDouble(4) * 1e6),
        nanos(scriptrun),
        error == null || error.isEmpty() ? null : error,
        timers);
  }

  private static boolean isTime(double seconds) {
    return seconds <= MAX_SECONDS && seconds >= -MAX_SECONDS; // false if it is not a number
  }

  private static long nanos(double seconds) {
    return Math.round(Math.max(0, seconds) * 1e9);
  }

  SortedSet<String> timerNames() throws SQLException {
    SortedSet<String> names = new TreeSet<>();
    UnreadableRows unused = forEach((id, result) -> names.addAll(result.customTimers().keySet()));
    return names;
  }

  private PreparedStatement select(String sql) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    statement.setFetchSize(PORTION);
    statement.setLong(1, ids.after());
    statement.setLong(2, ids.last());
    return statement;
  }
}
