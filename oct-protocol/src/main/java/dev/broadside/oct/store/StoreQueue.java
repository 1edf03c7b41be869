package dev.broadside.oct.store;

import dev.broadside.oct.protocol.TransactionResult;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The bounded queue between the thread that receives results and the one that stores them, and the
 * account of both. A result stays in it until it is committed: what a killed process loses is what
 * stands here.
 *
 * <p>So it is full when it holds more than the database has lately stored in half a second, or when
 * its oldest result has waited for too long. Then receiving waits for a commit: of a slow database
 * again and again, which holds the turrets back; of a dead one once, for two seconds. From then on,
 * until the queue has been half empty again, nobody waits, and what exceeds its memory is counted.
 */
final class StoreQueue {
  private static final long CAPACITY = 100_000; // some 30 MB
  private static final long LEAST_LIMIT = 2_000;
  private static final long FIRST_LIMIT = 10_000; // until there was a commit
  private static final long LIMIT_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final long MAX_AGE_NANOS = TimeUnit.MILLISECONDS.toNanos(700);
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long MAX_WAIT_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = lock.newCondition();
  private final Condition work = lock.newCondition();
  private final ArrayDeque<ResultBatch> uncommitted = new ArrayDeque<>();
  private final long capacity;
  private int taken; // batches at its head that are being stored
  private long weight;
  private long limit;
  private long commits;
  private boolean impatient; // has waited in vain
  private boolean sealed;
  private boolean broken;
  private long received;
  private long stored;
  private long waiting;
  private long heldBackNanos;
  private @Nullable String reason;

  StoreQueue() {
    this(CAPACITY);
  }

  /** Holds so many common results. */
  StoreQueue(long capacity) {
    this.capacity = capacity;
    this.limit = Math.min(FIRST_LIMIT, capacity);
  }

  /** Queues a result, or counts it as not stored. Waits while the queue is full. */
  void put(TransactionResult result) {
    lock.lock();
    try {
      received++;
      if (broken || sealed) return;
      long now = System.nanoTime();
      if (isFull(now) && !impatient) now = awaitRoom(now);
      if (weight < capacity && !broken) append(result, now);
    } finally {
      lock.unlock();
    }
  }

  private boolean isFull(long now) {
    return weight >= limit || age(now) > MAX_AGE_NANOS;
  }

  private long age(long now) {
    ResultBatch oldest = uncommitted.peekFirst();
    return oldest == null ? 0 : now - oldest.bornNanos();
  }

  private long awaitRoom(long since) {
    long now = since;
    while (isFull(now) && !impatient && !sealed) {
      long seen = commits;
      awaitCommit();
      now = System.nanoTime();
      impatient = commits == seen || now - since > MAX_WAIT_NANOS;
    }
    heldBackNanos += now - since;
    return now;
  }

  /** Waits for the next commit, as long as patience lasts. An interrupt is kept for later. */
  private void awaitCommit() {
    boolean interrupted = false;
    long seen = commits;
    long left = PATIENCE_NANOS;
    while (left > 0 && commits == seen && !sealed) {
      try {
        left = room.awaitNanos(left);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) Thread.currentThread().interrupt();
  }

  private void append(TransactionResult result, long now) {
    ResultBatch last = uncommitted.size() > taken ? uncommitted.peekLast() : null;
    if (last == null || last.isFull()) {
      last = new ResultBatch(now);
      uncommitted.add(last);
      if (isWorthWaking()) work.signal();
    }
    last.add(result);
    waiting++;
    weight += ResultBatch.weight(result);
  }

  private boolean isWorthWaking() {
    return weight >= limit / 2;
  }

  /**
   * Waits for this time, or until it is worth while to store what has come.
   *
   * @return false when nothing will come any more
   */
  boolean awaitWork(long nanos) {
    lock.lock();
    try {
      long left = nanos;
      while (left > 0 && !isWorthWaking() && !sealed) left = await(left);
      return !sealed || !uncommitted.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for this time, unless all is given up. */
  void pause(long nanos) {
    lock.lock();
    try {
      long left = nanos;
      while (left > 0 && !broken) left = await(left);
    } finally {
      lock.unlock();
    }
  }

  @SuppressWarnings("WaitNotInLoop") // the callers' are
  private long await(long nanos) {
    try {
      return work.awaitNanos(nanos);
    } catch (InterruptedException e) {
      return 0; // nobody interrupts the store's thread; were it so, the wait is only shorter
    }
  }

  /** Takes batches, the oldest first; each stays here until it is {@link #committed}. */
  List<ResultBatch> take(int batches) {
    lock.lock();
    try {
      List<ResultBatch> next = uncommitted.stream().skip(taken).limit(batches).toList();
      taken += next.size();
      return next;
    } finally {
      lock.unlock();
    }
  }

  /**
   * The oldest batches that were taken are in the database, but for so many of their results.
   *
   * @param nanos how long that took
   */
  void committed(int batches, int refused, long nanos) {
    lock.lock();
    try {
      if (broken) return; // given up meanwhile
      long before = weight;
      for (int i = 0; i < batches; i++) settle(uncommitted.remove());
      taken -= batches;
      stored -= refused;
      commits++;
      if (lost() == 0) reason = null;
      adapt(before - weight, nanos);
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void settle(ResultBatch batch) {
    weight -= batch.weight();
    waiting -= batch.size();
    stored += batch.size();
  }

  private void adapt(long committed, long nanos) {
    long pace = (long) ((double) committed / nanos * LIMIT_NANOS);
    limit = Math.min(capacity, Math.max(LEAST_LIMIT, pace));
    if (weight <= limit / 2 && age(System.nanoTime()) <= MAX_AGE_NANOS) impatient = false;
  }

  /** Some results cannot be stored now, or never. */
  void failed(String reason) {
    lock.lock();
    try {
      this.reason = reason;
    } finally {
      lock.unlock();
    }
  }

  /** The database is lost, with all that was stored in it. */
  void lost(String reason) {
    lock.lock();
    try {
      this.reason = reason;
      stored = 0;
      abandon();
    } finally {
      lock.unlock();
    }
  }

  /** Takes no more results. */
  void seal() {
    lock.lock();
    try {
      sealed = true;
      work.signal();
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Gives up what is not stored yet. */
  void abandon() {
    lock.lock();
    try {
      broken = true;
      sealed = true;
      uncommitted.clear();
      taken = 0;
      weight = 0;
      waiting = 0;
      work.signal();
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean isAbandoned() {
    lock.lock();
    try {
      return broken;
    } finally {
      lock.unlock();
    }
  }

  StoreAccount account(long changed) {
    lock.lock();
    try {
      long lost = lost();
      String why = lost > 0 && reason == null ? "the database did not keep up" : reason;
      Duration heldBack = Duration.ofNanos(heldBackNanos);
      return new StoreAccount(received, stored, waiting, lost, changed, heldBack, why);
    } finally {
      lock.unlock();
    }
  }

  private long lost() {
    return received - stored - waiting;
  }
}
