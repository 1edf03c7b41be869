package dev.broadside.oct.results;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Stores what the queue holds, in turns: a transaction every 100 ms, or sooner when much has come.
 * The connection belongs to the thread that runs this. What cannot be stored is tried again until
 * it can, or until the queue gives it up.
 */
final class StoreLoop implements Runnable {
  private static final Logger LOG = System.getLogger(StoreLoop.class.getName());

  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final int TURN_BATCHES = 200;

  private final DatabaseUri database;
  private final String runId;
  private final RowIds ids;
  private final StoreQueue queue;
  private final LatestValues<StoredTurret> turrets;
  private final LatestValues<Long> starts;
  private final Supplier<StoreAccount> account;
  private final FileWitness witness;
  private final List<ResultBatch> turn = new ArrayList<>(); // taken, and not committed yet
  private @Nullable RunWriter writer;
  private boolean inTrouble;
  private long turnNanos;
  private int unsure; // batches of the turn whose commit was not answered
  private volatile @Nullable RunEnd end;

  /** Goes on with what a writer has begun; it is the loop's from now on. */
  StoreLoop(
      DatabaseUri database,
      String runId,
      RunWriter writer,
      StoreQueue queue,
      LatestValues<StoredTurret> turrets,
      LatestValues<Long> starts,
      Supplier<StoreAccount> account) {
    this.database = database;
    this.runId = runId;
    this.ids = writer.ids();
    this.writer = writer;
    this.queue = queue;
    this.turrets = turrets;
    this.starts = starts;
    this.account = account;
    this.witness = new FileWitness(database);
  }

  /** What to write when all results are stored. To be called before the queue is sealed. */
  void endWith(RunEnd end) {
    this.end = end;
  }

  @Override
  public void run() {
    try {
      while (queue.awaitWork(turn.isEmpty() ? PAUSE_NANOS : 0)) attempt(this::storeTurn);
      while (!queue.isAbandoned() && !attempt(this::finish)) queue.pause(PAUSE_NANOS);
    } catch (RuntimeException e) { // a driver's fault
      LOG.log(Level.ERROR, "results are not stored any more: " + database, e);
      queue.failed(words(e));
      queue.abandon();
    } finally {
      disconnect();
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
      settleUnsure(connected.lastResult());
    }
    return connected;
  }

  /** A commit whose answer was lost with the connection may have succeeded. */
  private void settleUnsure(long lastResult) {
    List<ResultBatch> committed = turn.subList(0, unsure);
    if (unsure > 0 && lastResult == ids.nextResult() + size(committed) - 1) settle(unsure, 0);
    unsure = 0;
  }

  private void storeTurn(RunWriter to) throws SQLException {
    turnNanos = System.nanoTime();
    writeTurrets(to);
    turn.addAll(queue.take(TURN_BATCHES - turn.size()));
    if (turn.isEmpty()) return;
    try {
      settle(insert(to), 0);
    } catch (SQLException e) {
      if (!RowFaults.isOne(e)) throw e;
      to.rollback();
      insertSingly(to, turn.get(0));
    }
  }

  private int insert(RunWriter to) throws SQLException {
    long deadline = turnNanos + TURN_NANOS;
    long id = ids.nextResult();
    int inserted = 0;
    while (inserted < turn.size() && System.nanoTime() < deadline) {
      ResultBatch batch = turn.get(inserted++);
      to.insert(batch.results(), id);
      id += batch.size();
    }
    unsure = inserted;
    to.commit();
    unsure = 0;
    return inserted;
  }

  private void insertSingly(RunWriter to, ResultBatch batch) throws SQLException {
    int refused = 0;
    for (int i = 0; i < batch.size(); i++) {
      SQLException fault =
          to.insertOrRefuse(batch.results().get(i), ids.nextResult() + i - refused);
      if (fault == null) continue;
      refused++;
      queue.failed(database + " refuses results: " + RowFaults.words(fault));
    }
    to.commit();
    settle(1, refused);
  }

  private void settle(int batches, int refused) {
    List<ResultBatch> settled = turn.subList(0, batches);
    ids.stored(size(settled) - refused);
    settled.clear();
    queue.committed(batches, refused, System.nanoTime() - turnNanos);
  }

  private static long size(List<ResultBatch> batches) {
    return batches.stream().mapToLong(ResultBatch::size).sum();
  }

  private void writeTurrets(RunWriter to) throws SQLException {
    Map<String, StoredTurret> changedTurrets = turrets.take();
    Map<String, Long> changedStarts = starts.take();
    if (changedTurrets.isEmpty() && changedStarts.isEmpty()) return;
    try {
      to.write(changedTurrets);
      to.writeStarts(changedStarts);
      to.commit();
    } catch (SQLException e) {
      turrets.putBack(changedTurrets);
      starts.putBack(changedStarts);
      throw e;
    }
  }

  private void finish(RunWriter to) throws SQLException {
    writeTurrets(to);
    RunEnd last = end;
    if (last != null) to.end(last.plus(account.get().counters()));
    try {
      to.leaveOneFile();
    } catch (SQLException e) {
      LOG.log(Level.DEBUG, "somebody reads " + database + "; it stays in WAL mode", e);
    }
  }

  private void trouble(Exception e) {
    Level level = inTrouble ? Level.DEBUG : Level.WARNING;
    LOG.log(level, "results wait, since they cannot be stored in " + database, e);
    inTrouble = true;
    queue.failed(words(e));
    disconnect(); // after most faults neither a connection nor its statements can be used
    queue.pause(PAUSE_NANOS);
  }

  private String words(Exception e) {
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
