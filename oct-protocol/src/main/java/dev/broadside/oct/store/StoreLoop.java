package dev.broadside.oct.store;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Stores what the queue holds, every 100 ms, or sooner when much has come. The connection belongs
 * to the thread that runs this. What cannot be stored is tried again, over a new connection, until
 * it can, or until the queue gives it up.
 */
final class StoreLoop implements Runnable {
  private static final Logger LOG = System.getLogger(StoreLoop.class.getName());

  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final DatabaseUri database;
  private final String runId;
  private final RowIds ids;
  private final StoreQueue queue;
  private final TurretChanges changes;
  private final Supplier<StoreAccount> account;
  private final FileWitness witness;
  private final StoreTurn turn;
  private @Nullable RunWriter writer;
  private boolean inTrouble;
  private volatile @Nullable RunEnd end;

  /** Goes on with what a writer has begun; it is the loop's from now on. */
  StoreLoop(
      DatabaseUri database,
      String runId,
      RunWriter writer,
      StoreQueue queue,
      TurretChanges changes,
      Supplier<StoreAccount> account) {
    this.database = database;
    this.runId = runId;
    this.ids = writer.ids();
    this.writer = writer;
    this.queue = queue;
    this.changes = changes;
    this.account = account;
    this.witness = new FileWitness(database);
    this.turn = new StoreTurn(queue, ids);
  }

  /** What to write when all results are stored. To be called before the queue is sealed. */
  void endWith(RunEnd end) {
    this.end = end;
  }

  @Override
  public void run() {
    try {
      while (queue.awaitWork(turn.isEmpty() ? PAUSE_NANOS : 0)) attempt(this::store);
      while (!queue.isAbandoned() && !attempt(this::finish)) queue.pause(PAUSE_NANOS);
    } catch (RuntimeException | Error e) { // a driver's fault
      LOG.log(Level.ERROR, "results are not stored any more in " + database, e);
      queue.failed(words(e));
      queue.abandon();
    } finally {
      disconnect();
    }
  }

  private void store(RunWriter to) throws SQLException {
    changes.write(to);
    turn.store(to);
  }

  private void finish(RunWriter to) throws SQLException {
    changes.write(to);
    RunEnd last = end;
    if (last != null) to.end(last.plus(account.get().counters()));
    try {
      to.leaveOneFile();
    } catch (SQLException e) {
      LOG.log(Level.DEBUG, "somebody reads " + database + "; it stays in WAL mode", e);
    }
  }

  /** A step that a database may refuse. */
  private interface Step {
    void take(RunWriter writer) throws SQLException;
  }

  private boolean attempt(Step step) {
    if (witness.isGone()) {
      queue.lost(database + " was deleted or replaced while results were stored in it");
      LOG.log(Level.WARNING, "results are lost: {0} was deleted or replaced", database);
      return false;
    }
    try {
      step.take(connected());
      recovered();
      return true;
    } catch (SQLException | StoreException e) {
      trouble(e);
      return false;
    }
  }

  private RunWriter connected() throws SQLException {
    RunWriter connected = writer;
    if (connected == null) {
      connected = RunWriter.resume(database, runId, ids);
      writer = connected;
      turn.resume(connected.lastResult());
    }
    return connected;
  }

  private void trouble(Exception e) {
    Level level = inTrouble ? Level.DEBUG : Level.WARNING;
    LOG.log(level, "results wait, since they cannot be stored in " + database, e);
    inTrouble = true;
    queue.failed(words(e));
    disconnect(); // after most faults neither a connection nor its statements can be used
    queue.pause(PAUSE_NANOS);
  }

  private String words(Throwable e) {
    return "results cannot be stored in " + database + ": " + e.getMessage();
  }

  private void recovered() {
    if (inTrouble) LOG.log(Level.INFO, "results can be stored again in {0}", database);
    inTrouble = false;
  }

  private void disconnect() {
    RunWriter connected = writer;
    writer = null;
    if (connected == null) return;
    try {
      connected.close();
    } catch (SQLException e) {
      LOG.log(Level.DEBUG, "closing " + database, e);
    }
  }
}
