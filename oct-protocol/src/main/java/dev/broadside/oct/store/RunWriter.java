package dev.broadside.oct.store;

import dev.broadside.oct.protocol.TransactionResult;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** A connection to the database of a run that goes on, and what is written over it. */
final class RunWriter implements AutoCloseable {
  /** A turn of the store takes 200 ms, so it waits no longer for whoever holds the database. */
  private static final String BUSY_MILLIS = "500";

  private final Connection connection;
  private final Dialect dialect;
  private final RowIds ids;
  private final RunTables run;
  private final ResultTable results;
  private final TurretTable turrets;

  private RunWriter(Connection connection, Dialect dialect, String runId, RowIds ids)
      throws SQLException {
    this.connection = connection;
    this.dialect = dialect;
    this.ids = ids;
    this.run = new RunTables(connection, runId);
    this.results = new ResultTable(connection);
    this.turrets = new TurretTable(connection, dialect, ids);
  }

  /** Looks whether a run could begin. */
  static void check(DatabaseUri database) throws SQLException {
    Properties settings = new Properties();
    if (database.isSqlite()) settings.setProperty("busy_timeout", BUSY_MILLIS);
    try (Connection connection = Drivers.connect(database, settings)) {
      connection.setAutoCommit(false);
      Dialect.of(database).tryToWrite(connection);
      connection.rollback();
    }
  }

  /** Begins a run: makes the tables, if need be, and says in them that it begins. */
  static RunWriter begin(DatabaseUri database, RunMetadata metadata) throws SQLException {
    Connection connection = connect(database);
    try {
      Dialect dialect = Dialect.of(database);
      dialect.createTables(connection);
      RowIds ids = RowIds.after(connection);
      RunWriter writer = new RunWriter(connection, dialect, metadata.runId(), ids);
      writer.run.begin(metadata, ids);
      writer.commit();
      return writer;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /** Goes on with a run whose connection was lost. */
  static RunWriter resume(DatabaseUri database, String runId, RowIds ids) throws SQLException {
    Connection connection = connect(database);
    try {
      return new RunWriter(connection, Dialect.of(database), runId, ids);
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private static Connection connect(DatabaseUri database) throws SQLException {
    Properties settings = new Properties();
    if (database.isSqlite()) {
      settings.setProperty("journal_mode", "WAL"); // others read while the run goes on
      settings.setProperty("synchronous", "FULL"); // docs/results.md has the price
      settings.setProperty("busy_timeout", BUSY_MILLIS);
    }
    Connection connection = Drivers.connect(database, settings);
    connection.setAutoCommit(false);
    return connection;
  }

  RowIds ids() {
    return ids;
  }

  void insert(List<TransactionResult> those, long firstId) throws SQLException {
    results.insert(those, firstId);
  }

  /** The results of the run go up to this one. To be said before they are committed. */
  void lastResult(long id) throws SQLException {
    run.lastResult(id);
  }

  /** Inserts a result, unless it is one that the database will never take: then says why. */
  @Nullable SQLException insertOrRefuse(TransactionResult result, long id) throws SQLException {
    Savepoint before = connection.setSavepoint();
    try {
      results.insert(List.of(result), id);
      connection.releaseSavepoint(before);
      return null;
    } catch (SQLException e) {
      if (!RowFaults.isOne(e)) throw e;
      connection.rollback(before);
      return e;
    }
  }

  void write(Collection<StoredTurret> those, Map<String, Long> startNanosByName)
      throws SQLException {
    for (StoredTurret turret : those) turrets.write(turret);
    run.lastTurret(ids.lastTurret());
    for (Map.Entry<String, Long> start : startNanosByName.entrySet()) {
      run.start(start.getKey(), start.getValue());
    }
  }

  void commit() throws SQLException {
    connection.commit();
  }

  void rollback() throws SQLException {
    connection.rollback();
  }

  /** The id of the last result that the database has of the run. */
  long lastResult() throws SQLException {
    long last = run.lastResult();
    connection.rollback();
    return last;
  }

  void end(RunEnd end) throws SQLException {
    run.end(end);
    commit();
  }

  /** Leaves one file, which can be read where nothing can be written. */
  void leaveOneFile() throws SQLException {
    if (dialect != Dialect.SQLITE) return;
    connection.setAutoCommit(true);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode=DELETE");
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close(); // and its statements
  }
}
