package dev.broadside.messaging;

import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Batches on their way to the sending thread, which shares no other lock with who fills them. */
final class Handover {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final ArrayDeque<Batch> batches = new ArrayDeque<>();
  private final int capacity;
  private int queued; // messages that the capacity bounds
  private long taken; // as many have left
  private int notices; // messages outside of the account, until they have left or are lost
  private boolean called; // the sending thread is to look, though nothing was added

  Handover(int capacity) {
    this.capacity = capacity;
  }

  /** How many messages there is room for; less than none once the bound was lifted. */
  int room() {
    lock.lock();
    try {
      return capacity - queued;
    } finally {
      lock.unlock();
    }
  }

  void add(Batch batch) {
    lock.lock();
    try {
      batches.add(batch);
      if (batch.counted()) queued += batch.size();
      else notices++;
      work.signal();
    } finally {
      lock.unlock();
    }
  }

  /** The next batch, if there is one within so long. Only the sending thread calls this. */
  @Nullable Batch poll(long nanos) {
    lock.lock();
    try {
      if (batches.isEmpty() && !called && nanos > 0) awaitWork(nanos);
      called = false;
      Batch next = batches.poll();
      if (next != null) left(next);
      return next;
    } finally {
      lock.unlock();
    }
  }

  @SuppressWarnings("WaitNotInLoop") // the caller looks again, and may find nothing
  private void awaitWork(long nanos) {
    try {
      long unused = work.awaitNanos(nanos);
    } catch (InterruptedException e) {
      // nobody interrupts a thread that owns a socket; were it so, the poll is only shorter
    }
  }

  private void left(Batch batch) {
    if (!batch.counted()) return;
    queued -= batch.size();
    taken += batch.size();
  }

  /** Lets the sending thread look at once. */
  void call() {
    lock.lock();
    try {
      called = true;
      work.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Forgets what waits. */
  void clear() {
    lock.lock();
    try {
      for (Batch batch : batches) left(batch);
      batches.clear();
      notices = 0;
    } finally {
      lock.unlock();
    }
  }

  void noticeSettled() {
    lock.lock();
    try {
      notices--;
    } finally {
      lock.unlock();
    }
  }

  int notices() {
    lock.lock();
    try {
      return notices;
    } finally {
      lock.unlock();
    }
  }

  /** How many counted messages were taken. */
  long taken() {
    lock.lock();
    try {
      return taken;
    } finally {
      lock.unlock();
    }
  }
}
