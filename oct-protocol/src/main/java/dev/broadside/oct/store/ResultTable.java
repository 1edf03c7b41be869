package dev.broadside.oct.store;

import dev.broadside.oct.protocol.TimersWriter;
import dev.broadside.oct.protocol.TransactionResult;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Writes the results of a run: a hundred with a statement, where there are so many. */
final class ResultTable implements AutoCloseable {
  private static final String INSERT =
      "INSERT INTO result (id, error, scriptrun_time, elapsed, epoch, custom_timers, turret_name)"
          + " VALUES ";
  private static final String ROW = "(?, ?, ?, ?, ?, ?, ?)";
  private static final double NANOS = 1e9;
  private static final double MICROS = 1e6;

  private final TimersWriter timers = new TimersWriter();
  private final PreparedStatement many;
  private final PreparedStatement one;

  ResultTable(Connection connection) throws SQLException {
    this.one = connection.prepareStatement(INSERT + ROW);
    this.many =
        connection.prepareStatement(INSERT + ROW + (", " + ROW).repeat(ResultBatch.CAPACITY - 1));
  }

  /** Inserts them under this id and those that follow. */
  void insert(List<TransactionResult> results, long firstId) throws SQLException {
    if (results.size() == ResultBatch.CAPACITY) {
      int column = 0;
      for (int i = 0; i < results.size(); i++) {
        column = bind(many, column, firstId + i, results.get(i));
      }
      many.executeUpdate();
    } else {
      for (int i = 0; i < results.size(); i++) insert(results.get(i), firstId + i);
    }
  }

  void insert(TransactionResult result, long id) throws SQLException {
    int unused = bind(one, 0, id, result);
    one.executeUpdate();
  }

  private int bind(PreparedStatement to, int after, long id, TransactionResult result)
      throws SQLException {
    int column = after;
    String error = result.error();
    to.setLong(++column, id);
    to.setString(++column, error == null ? "" : error);
    to.setDouble(++column, result.scriptrunNanos() / NANOS);
    to.setDouble(++column, result.elapsedNanos() / NANOS);
    to.setDouble(++column, result.epochMicros() / MICROS);
    to.setString(++column, timers.json(result.customTimers()));
    to.setString(++column, result.turretName());
    return column;
  }

  @Override
  public void close() throws SQLException {
    one.close();
    many.close();
  }
}
