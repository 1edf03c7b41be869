package dev.broadside.oct.store;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The results that are stored next, in one transaction. They stay here until the database has them,
 * over as many connections as that takes. Only the store's thread uses it.
 */
final class StoreTurn {
  private static final long MAX_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final int MAX_BATCHES = 200;

  private final StoreQueue queue;
  private final RowIds ids;
  private final List<ResultBatch> batches = new ArrayList<>();
  private long beganNanos;
  private int unsure; // batches whose commit was not answered

  StoreTurn(StoreQueue queue, RowIds ids) {
    this.queue = queue;
    this.ids = ids;
  }

  boolean isEmpty() {
    return batches.isEmpty();
  }

  /**
   * Stores what has come, or a part of it if it takes long. A result that is refused is counted.
   */
  void store(RunWriter writer) throws SQLException {
    beganNanos = System.nanoTime();
    batches.addAll(queue.take(MAX_BATCHES - batches.size()));
    if (batches.isEmpty()) return;
    try {
      storeMany(writer);
    } catch (SQLException e) {
      if (!RowFaults.isOne(e)) throw e;
      unsure = 0;
      writer.rollback();
      storeSingly(writer, batches.get(0));
    }
  }

  private void storeMany(RunWriter writer) throws SQLException {
    long id = ids.nextResult();
    int inserted = 0;
    do {
      ResultBatch batch = batches.get(inserted++);
      writer.insert(batch.results(), id);
      id += batch.size();
    } while (inserted < batches.size() && System.nanoTime() - beganNanos < MAX_NANOS);
    writer.lastResult(id - 1);
    unsure = inserted;
    writer.commit();
    settle(inserted, 0);
  }

  private void storeSingly(RunWriter writer, ResultBatch batch) throws SQLException {
    int refused = 0;
    for (int i = 0; i < batch.size(); i++) {
      long id = ids.nextResult() + i - refused;
      SQLException fault = writer.insertOrRefuse(batch.results().get(i), id);
      if (fault == null) continue;
      refused++;
      queue.failed("the database refuses results: " + RowFaults.words(fault));
    }
    writer.lastResult(ids.nextResult() - 1 + batch.size() - refused);
    writer.commit();
    settle(1, refused);
  }

  /**
   * The connection was lost, and maybe with it the answer to a commit that did succeed.
   *
   * @param lastResult the last id that the database has of the run
   */
  void resume(long lastResult) {
    long expected = ids.nextResult() - 1 + size(batches.subList(0, unsure));
    if (unsure > 0 && lastResult == expected) settle(unsure, 0);
    unsure = 0;
  }

  private void settle(int settled, int refused) {
    List<ResultBatch> those = batches.subList(0, settled);
    ids.stored(size(those) - refused);
    those.clear();
    unsure = 0;
    queue.committed(settled, refused, System.nanoTime() - beganNanos);
  }

  private static long size(List<ResultBatch> batches) {
    return batches.stream().mapToLong(ResultBatch::size).sum();
  }
}
