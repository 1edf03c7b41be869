package dev.broadside.oct.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedSet;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Reads a run back from a database: one of ours, also if its process was killed, or one of the
 * original headquarters, which knows neither the run's beginning nor its end. Nothing is written to
 * it. Only one thread may use it.
 */
public final class StoredRun implements AutoCloseable {
  private static final String READ_ONLY = "1";

  private final DatabaseUri database;
  private final Connection connection;
  private final RunRow run;
  private final ResultRows results;

  private StoredRun(DatabaseUri database, Connection connection, RunRow run) {
    this.database = database;
    this.connection = connection;
    this.run = run;
    this.results = new ResultRows(connection, run.results());
  }

  /**
   * Opens the latest run of a database.
   *
   * @throws StoreException if it cannot be read, saying why
   */
  public static StoredRun open(DatabaseUri database) {
    return open(database, runs -> runs.get(0));
  }

  /**
   * Opens the first of the runs of a database, the latest first, that this is true of; the latest
   * one, if it is true of none.
   *
   * @throws StoreException if the database cannot be read, saying why
   */
  public static StoredRun openFirst(DatabaseUri database, Predicate<RunMetadata> wanted) {
    return open(
        database,
        runs ->
            runs.stream()
                .filter(run -> wanted.test(run.metadata()))
                .findFirst()
                .orElseGet(() -> runs.get(0)));
  }

  /**
   * Opens one of the runs of a database.
   *
   * @throws StoreException if it cannot be read or does not hold this run, saying so
   */
  public static StoredRun open(DatabaseUri database, String runId) {
    return open(database, runs -> find(runs, runId, database));
  }

  private static RunRow find(List<RunRow> runs, String runId, DatabaseUri database) {
    return runs.stream()
        .filter(run -> run.metadata().runId().equals(runId))
        .findFirst()
        .orElseThrow(() -> new StoreException(database + " does not hold the run " + runId, null));
  }

  private static StoredRun open(DatabaseUri database, Function<List<RunRow>, RunRow> choice) {
    try {
      Connection connection = connect(database);
      try {
        return new StoredRun(database, connection, choice.apply(RunRow.all(connection)));
      } catch (SQLException | RuntimeException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw unreadable(database, e);
    }
  }

  private static Connection connect(DatabaseUri database) throws SQLException {
    Properties settings = new Properties();
    if (database.isSqlite()) settings.setProperty("open_mode", READ_ONLY);
    Connection connection = Drivers.connect(database, settings);
    connection.setAutoCommit(false); // one state of it, and rows in portions
    return connection;
  }

  private static StoreException unreadable(DatabaseUri database, SQLException e) {
    return new StoreException("results cannot be read from " + database + ": " + e.getMessage(), e);
  }

  /** What is known of the run's beginning; of one of the original, made of its first results. */
  public RunMetadata metadata() {
    return run.metadata();
  }

  /** How it ended; empty if it was killed, or is one of the original. */
  public Optional<RunEnd> end() {
    return read(() -> run.end(connection));
  }

  /** When the turrets of each name were started, in nanoseconds after the beginning of the run. */
  public Map<String, Long> starts() {
    return read(() -> run.starts(connection));
  }

  /** The turrets with their last statuses, in the order in which they first reported. */
  public List<StoredTurret> turrets() {
    return read(() -> TurretRows.read(connection, run.turrets()));
  }

  /** The names of all timers. Reads all rows. */
  public SortedSet<String> timerNames() {
    return read(results::timerNames);
  }

  /**
   * Reads the results in the order in which they arrived.
   *
   * @return what could not be read of them
   * @throws StoreException if the database breaks
   */
  public <X extends Exception> UnreadableRows forEach(RowVisitor<X> visitor) throws X {
    try {
      return results.forEach(visitor);
    } catch (SQLException e) {
      throw unreadable(database, e);
    }
  }

  /** Something that is read. */
  private interface Reading<V> {
    V read() throws SQLException;
  }

  private <V> V read(Reading<V> reading) {
    try {
      return reading.read();
    } catch (SQLException e) {
      throw unreadable(database, e);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw unreadable(database, e);
    }
  }
}
