package dev.broadside.messaging;

import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The bounded queue between the threads that bring messages and the one that sends them. One lock
 * guards the encoder and the batch being filled; the sending thread is woken once a full batch, and
 * fetches part-full ones by itself. First in, first out.
 */
final class BatchQueue {
  /** As many messages travel together; more gained nothing, one at a time cost half the speed. */
  static final int BATCH_SIZE = 256;

  private static final long FILL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long DOZE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final int POLLS_BEFORE_DOZING = 50;
  private static final int ROOM_SHARE = 8; // so much of the queue may be left when one is let in

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = lock.newCondition();
  private final Condition work = lock.newCondition();
  private final Condition nobodyWaits = lock.newCondition();
  private final ArrayDeque<Batch> batches = new ArrayDeque<>();
  private final OverflowPolicy policy;
  private final long patienceNanos;
  private final int capacity;
  private final int batchSize;
  private Batch current;
  private int waiting; // messages in batches and current that the capacity bounds
  private int blocked; // threads that wait for room
  private int notices; // messages outside of the account, until they are handed over
  private boolean released;
  private boolean sealed;
  private boolean dozing;
  private boolean stalled; // full, and nothing left for as long as anyone has patience
  private long departures; // batches that have left
  private int emptyPolls;
  private long produced;
  private long dropped;
  private long heldBackNanos;

  BatchQueue(int capacity, OverflowPolicy policy, long patienceNanos) {
    this.capacity = capacity;
    this.policy = policy;
    this.patienceNanos = patienceNanos;
    this.batchSize = Math.min(BATCH_SIZE, capacity);
    this.current = new Batch(batchSize, true);
  }

  /** Encodes and queues a message. False when it was dropped. */
  <T> boolean put(T message, Function<? super T, byte[]> encoder) {
    lock.lock();
    try {
      requireOpen();
      if (waiting >= capacity && !released) {
        if (policy == OverflowPolicy.DROP || stalled) return drop();
        awaitRoom();
        if (stalled) return drop();
      }
      append(Objects.requireNonNull(encoder.apply(message), "encoded message"));
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void requireOpen() {
    if (sealed) throw new ClosedException("this sender");
  }

  private boolean drop() {
    produced++;
    dropped++;
    return false;
  }

  private void awaitRoom() {
    long since = System.nanoTime();
    blocked++;
    while (waiting >= capacity && !released && !stalled) awaitDeparture();
    if (--blocked == 0) nobodyWaits.signalAll();
    heldBackNanos += System.nanoTime() - since;
  }

  @SuppressWarnings("WaitNotInLoop") // the caller's is one
  private void awaitDeparture() {
    if (patienceNanos == Long.MAX_VALUE) {
      room.awaitUninterruptibly();
      return;
    }
    long departed = departures;
    if (awaitRoomFor(patienceNanos) || departures != departed) return;
    stalled = waiting >= capacity && !released;
    room.signalAll();
  }

  /** False when so long a time has passed. An interrupt is kept for later. */
  private boolean awaitRoomFor(long nanos) {
    boolean interrupted = false;
    try {
      long left = nanos;
      while (true) {
        try {
          return room.awaitNanos(left) > 0;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) Thread.currentThread().interrupt();
    }
  }

  /** Few at a time, and late: a thread that is woken often costs more than to send. */
  private void letIn(int left) {
    if (left == 0) room.signalAll();
    else if (left <= capacity / ROOM_SHARE) room.signal();
  }

  private void append(byte[] bytes) {
    current.add(bytes);
    produced++;
    waiting++;
    if (current.isFull()) {
      flushCurrent();
      work.signal();
    } else if (dozing) {
      work.signal();
    }
  }

  /** Queues a message that stands outside of the account and the bound. */
  void putNotice(byte[] message) {
    lock.lock();
    try {
      requireOpen();
      appendNotice(message);
    } finally {
      lock.unlock();
    }
  }

  private void appendNotice(byte[] message) {
    flushCurrent();
    Batch notice = new Batch(1, false);
    notice.add(message);
    batches.add(notice);
    notices++;
    work.signal();
  }

  private void flushCurrent() {
    if (current.size() == 0) return;
    batches.add(current);
    current = new Batch(batchSize, true);
  }

  /** Queues a last message and takes no more. */
  void sealWith(byte[] lastNotice) {
    lock.lock();
    try {
      letAllIn();
      if (!sealed) appendNotice(lastNotice);
      sealNow();
    } finally {
      lock.unlock();
    }
  }

  /** Takes no more messages, but for those of threads that wait for room by now. */
  void seal() {
    lock.lock();
    try {
      letAllIn();
      sealNow();
    } finally {
      lock.unlock();
    }
  }

  private void letAllIn() {
    released = true;
    room.signalAll();
    while (blocked > 0) nobodyWaits.awaitUninterruptibly();
  }

  private void sealNow() {
    sealed = true;
    work.signal();
  }

  /** Lets everyone who waits for room go on: from now on nothing bounds the queue. */
  void release() {
    lock.lock();
    try {
      released = true;
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * The next batch, full or not; null when there is nothing. Only the sending thread calls this.
   */
  @Nullable Batch poll() {
    lock.lock();
    try {
      if (batches.isEmpty()) awaitWork();
      Batch next = batches.poll();
      if (next == null && current.size() > 0) {
        next = current;
        current = new Batch(batchSize, true);
      }
      if (next == null) emptyPolls++;
      else taken(next);
      return next;
    } finally {
      lock.unlock();
    }
  }

  @SuppressWarnings("WaitNotInLoop") // the caller looks at the queue again, and may find nothing
  private void awaitWork() {
    if (sealed) return;
    dozing = current.size() == 0 && emptyPolls >= POLLS_BEFORE_DOZING;
    try {
      long unused = work.awaitNanos(dozing ? DOZE_NANOS : FILL_NANOS);
    } catch (InterruptedException e) {
      // nobody interrupts a thread that owns a socket; were it so, the poll is only shorter
    } finally {
      dozing = false;
    }
  }

  private void taken(Batch batch) {
    emptyPolls = 0;
    departures++;
    stalled = false;
    if (!batch.counted()) return;
    waiting -= batch.size();
    letIn(waiting);
  }

  /** Takes no more messages and forgets those that wait; returns how many the account misses. */
  int abandon() {
    lock.lock();
    try {
      letAllIn();
      sealNow();
      batches.clear();
      notices = 0;
      current = new Batch(batchSize, true);
      int left = waiting;
      waiting = 0;
      return left;
    } finally {
      lock.unlock();
    }
  }

  /** A message outside of the account has left, or is lost. */
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

  int waiting() {
    lock.lock();
    try {
      return waiting;
    } finally {
      lock.unlock();
    }
  }

  long produced() {
    lock.lock();
    try {
      return produced;
    } finally {
      lock.unlock();
    }
  }

  long dropped() {
    lock.lock();
    try {
      return dropped;
    } finally {
      lock.unlock();
    }
  }

  long heldBackNanos() {
    lock.lock();
    try {
      return heldBackNanos;
    } finally {
      lock.unlock();
    }
  }

  /** Messages that travel together. Filled under the queue's lock, then read by one thread. */
  static final class Batch {
    private final byte[][] messages;
    private final boolean counted;
    private int size;

    Batch(int capacity, boolean counted) {
      this.messages = new byte[capacity][];
      this.counted = counted;
    }

    void add(byte[] message) {
      messages[size++] = message;
    }

    byte[] get(int index) {
      return messages[index];
    }

    int size() {
      return size;
    }

    boolean isFull() {
      return size == messages.length;
    }

    boolean counted() {
      return counted;
    }
  }
}
