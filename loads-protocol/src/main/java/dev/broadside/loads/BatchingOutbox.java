package dev.broadside.loads;

import dev.broadside.loads.protocol.LoadsEncoder;
import dev.broadside.loads.protocol.LoadsMessage;
import dev.broadside.messaging.Account;
import dev.broadside.messaging.ClosedException;
import dev.broadside.messaging.MessageSender;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Messages leave together: so many of them, or as many as there are after a time. */
final class BatchingOutbox implements Outbox {
  private final MessageSender sender;
  private final LoadsEncoder encoder;
  private final int batchSize;
  private final long intervalNanos;
  private final Thread flusher;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Integer> frames = new ArrayDeque<>(); // messages of each queued frame; a lock
  private List<LoadsMessage> batch = new ArrayList<>();
  private long batchSince;
  private boolean closed;
  private long produced; // this and what follows under the lock of the frames, never held for long
  private long dropped;
  private long sent;
  private long framesSent;

  BatchingOutbox(MessageSender sender, LoadsEncoder encoder, int batchSize, Duration interval) {
    this.sender = sender;
    this.encoder = encoder;
    this.batchSize = batchSize;
    this.intervalNanos = interval.toNanos();
    this.flusher = new Thread(this::flushInTime, "loads-batches");
    flusher.setDaemon(true);
    flusher.start();
  }

  @Override
  public void put(LoadsMessage message) {
    lock.lock();
    try {
      if (closed) throw new ClosedException("this reporter");
      if (batch.isEmpty()) {
        batchSince = System.nanoTime();
        changed.signal();
      }
      batch.add(message);
      synchronized (frames) {
        produced++;
      }
      if (batch.size() >= batchSize) flush();
    } finally {
      lock.unlock();
    }
  }

  private void flush() {
    if (batch.isEmpty()) return;
    List<LoadsMessage> full = batch;
    batch = new ArrayList<>();
    try {
      boolean queued = sender.send(encoder.encodeBatch(full));
      synchronized (frames) {
        if (queued) frames.add(full.size());
        else dropped += full.size();
        settle(sender.sent());
      }
    } catch (ClosedException e) {
      // its socket has failed, which is logged there; these stay unsent
    }
  }

  /** A frame that is sent may not be among the queued ones yet: the next time it will be. */
  private void settle(long framesSentNow) {
    for (; framesSent < framesSentNow && !frames.isEmpty(); framesSent++) sent += frames.remove();
  }

  private void flushInTime() {
    lock.lock();
    try {
      while (!closed) {
        if (batch.isEmpty()) changed.awaitUninterruptibly();
        else if (!awaitInterval()) flush();
      }
    } finally {
      lock.unlock();
    }
  }

  /** False when the batch has waited long enough. */
  @SuppressWarnings("WaitNotInLoop") // the caller looks again
  private boolean awaitInterval() {
    long left = batchSince + intervalNanos - System.nanoTime();
    if (left <= 0) return false;
    try {
      return changed.awaitNanos(Math.max(left, TimeUnit.MICROSECONDS.toNanos(100))) >= 0;
    } catch (InterruptedException e) {
      return false; // nobody interrupts this thread; were it so, a batch leaves early
    }
  }

  @Override
  public void release() {
    sender.release();
  }

  @Override
  public boolean isConnected() {
    return sender.isConnected();
  }

  @Override
  public Account inFrames() {
    return sender.account();
  }

  @Override
  public Account account() {
    return settled(sender.account(), false);
  }

  private Account settled(Account inFrames, boolean isFinal) {
    synchronized (frames) {
      settle(inFrames.sent());
      long unsent = isFinal ? produced - sent - dropped : 0;
      return new Account(produced, sent, dropped, unsent, inFrames.disconnects());
    }
  }

  @Override
  public Account close(Duration timeout) {
    sender.release(); // or a thread that waits for room would keep the lock
    lock.lock();
    try {
      if (!closed) flush();
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    return settled(sender.close(timeout), true);
  }
}
