package dev.broadside.messaging;

import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The bounded queue between the threads that bring messages and the one that sends them. One lock
 * guards the encoder and the batch being filled; full batches are handed over under another, so the
 * sending thread never waits for who encodes, and fetches part-full ones by itself. First in, first
 * out.
 */
@SuppressWarnings("NonAtomicVolatileUpdate") // written under the lock, read without
final class BatchQueue {
  /** As many messages travel together; more gained nothing, one at a time cost half the speed. */
  static final int BATCH_SIZE = 256;

  private static final Batch NONE = Batch.of(0);
  private static final long FILL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long DOZE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final int POLLS_BEFORE_DOZING = 50;
  private static final int ROOM_SHARES = 4; // each that has left lets one thread in
  private static final int ROOM_SHARES_BESIDE = 2; // the same while another that was let in goes on

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = lock.newCondition();
  private final Condition nobodyWaits = lock.newCondition();
  private final Handover handover;
  private final OverflowPolicy policy;
  private final long patienceNanos;
  private final int capacity;
  private final int batchSize;
  private Batch current = NONE;
  private volatile int blocked; // threads that wait for room
  private volatile boolean oneIsIn; // it was let in, and nobody has come to wait since
  private volatile boolean stalled; // full, and nothing left for as long as anyone has patience
  private volatile boolean dozing; // whoever brings a message calls the sending thread
  private volatile boolean sealed;
  private boolean released;
  private int emptyPolls; // of the sending thread, which alone knows these four
  private int leftSinceLetIn; // messages, since it last let a thread in
  private boolean stuck; // nothing leaves, though somebody waits
  private long stuckSince;
  private long produced;
  private long dropped;
  private long heldBackNanos;

  BatchQueue(int capacity, OverflowPolicy policy, long patienceNanos) {
    this.handover = new Handover(capacity);
    this.policy = policy;
    this.patienceNanos = patienceNanos;
    this.capacity = capacity;
    this.batchSize = Math.min(BATCH_SIZE, capacity);
  }

  /** Encodes and queues a message. False when it was dropped. */
  <T> boolean put(T message, Function<? super T, byte[]> encoder) {
    lock.lock();
    try {
      requireOpen();
      if (current.isFull() && !beginBatch()) return drop();
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

  /** Waits for room if need be. False when there is none to be had. */
  private boolean beginBatch() {
    while (current.isFull()) {
      int size = released ? batchSize : Math.min(batchSize, handover.room());
      if (size > 0) current = Batch.of(size);
      else if (policy == OverflowPolicy.DROP || stalled) return false;
      else awaitRoom();
    }
    return true;
  }

  @SuppressWarnings("WaitNotInLoop") // the caller's is one
  private void awaitRoom() {
    long since = System.nanoTime();
    blocked++;
    oneIsIn = false;
    if (handover.room() <= 0) room.awaitUninterruptibly(); // who is not counted yet is not called
    if (--blocked == 0) nobodyWaits.signalAll();
    heldBackNanos += System.nanoTime() - since;
  }

  private void append(byte[] bytes) {
    current.add(bytes);
    produced++;
    if (current.isFull()) flush();
    else if (dozing) handover.call();
  }

  private void flush() {
    if (current.size() == 0) return;
    handover.add(current);
    current = NONE;
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
    flush();
    handover.add(Batch.notice(message));
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
    handover.call();
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
    Batch next = handover.poll(pollNanos());
    dozing = false;
    if (next == null) next = fetchCurrent();
    if (next == null) {
      emptyPolls++;
    } else {
      emptyPolls = 0;
      departed(next);
    }
    return next;
  }

  private long pollNanos() {
    if (sealed) return 0;
    return dozing ? DOZE_NANOS : FILL_NANOS;
  }

  private @Nullable Batch fetchCurrent() {
    lock.lock();
    try {
      flush();
      Batch next = handover.poll(0); // full ones may have come meanwhile
      dozing = next == null && emptyPolls >= POLLS_BEFORE_DOZING;
      return next;
    } finally {
      lock.unlock();
    }
  }

  private void departed(Batch batch) {
    stuck = false;
    if (stalled) stalled = false;
    leftSinceLetIn = Math.min(capacity, leftSinceLetIn + batch.size());
    if (blocked == 0) return;
    int free = handover.room();
    if (free >= capacity || Math.min(free, leftSinceLetIn) >= roomShare()) letIn(free);
  }

  private int roomShare() {
    return Math.max(1, capacity / (oneIsIn ? ROOM_SHARES_BESIDE : ROOM_SHARES));
  }

  /**
   * Lets in one thread for each share of the queue that has left: it fills that share before
   * another's turn comes, which comes later while it still does so. To wake many costs more than to
   * send, and they would only get in each other's way.
   */
  private void letIn(int free) {
    leftSinceLetIn = 0;
    lock.lock();
    try {
      oneIsIn = true;
      if (free >= capacity) room.signalAll();
      else room.signal();
    } finally {
      lock.unlock();
    }
  }

  /**
   * The sending thread says so while nothing can leave. It keeps the time for all who wait, none of
   * whom needs a timer: for a virtual thread one costs two switches between threads.
   */
  void nothingLeaves() {
    if (blocked == 0) {
      stuck = false;
    } else if (!stuck) {
      stuck = true;
      stuckSince = System.nanoTime();
    } else if (System.nanoTime() - stuckSince >= patienceNanos) {
      turnAway();
    }
  }

  private void turnAway() {
    lock.lock();
    try {
      stalled = !released;
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Takes no more messages and forgets those that wait; returns how many the account misses. */
  int abandon() {
    lock.lock();
    try {
      letAllIn();
      sealNow();
      flush();
      int left = waiting();
      handover.clear();
      return left;
    } finally {
      lock.unlock();
    }
  }

  /** A message outside of the account has left, or is lost. */
  void noticeSettled() {
    handover.noticeSettled();
  }

  int notices() {
    return handover.notices();
  }

  int waiting() {
    lock.lock();
    try {
      return (int) (produced - dropped - handover.taken());
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
}
