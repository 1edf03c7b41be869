package dev.broadside.oct.live;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Where the latest event hangs, for all who read along. There is no queue: who is slow misses some.
 * Thread-safe.
 */
final class Events {
  private final int maxReaders;
  private final LongSupplier nanos;
  private int readers;
  private long number;
  private @Nullable Event latest;
  private boolean asked;
  private boolean ending;
  private boolean over;

  Events(int maxReaders, LongSupplier nanos) {
    this.maxReaders = maxReaders;
    this.nanos = nanos;
  }

  /** One more wants to read along; false if there are too many, or it is over. */
  synchronized boolean enter() {
    if (ending || readers == maxReaders) return false;
    if (readers == 0) ask();
    readers++;
    return true;
  }

  /** While nobody read along no event was made: the last one is old. */
  private void ask() {
    latest = null;
    asked = true;
    notifyAll();
  }

  synchronized void leave() {
    readers--;
    notifyAll();
  }

  /** How many read along. */
  synchronized int readers() {
    return readers;
  }

  /** Hangs up the next one. */
  synchronized void publish(byte[] json) {
    hang(Event.STATE, json);
  }

  /** Hangs up the last one: each reader gets it, and then none. */
  synchronized void publishLast(byte[] json) {
    hang(Event.END, json);
    over = true;
  }

  private void hang(String name, byte[] json) {
    latest = new Event(++number, name, json);
    notifyAll();
  }

  /** From now on only the last one is due. */
  synchronized void end() {
    ending = true;
    notifyAll();
  }

  /** Waits for one that is later than the one of this number; null when none will come. */
  synchronized @Nullable Event awaitAfter(long seen) throws InterruptedException {
    while (latest == null || latest.number() <= seen) {
      if (over) return null;
      wait();
    }
    return latest;
  }

  /**
   * Waits until an event is due: so long after the last, or at once for a first reader.
   *
   * @return whether more are to come after it
   */
  synchronized boolean awaitDue(long periodNanos) throws InterruptedException {
    long deadline = nanos.getAsLong() + periodNanos;
    long left = periodNanos;
    while (!asked && !ending && left > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
      left = deadline - nanos.getAsLong();
    }
    asked = false;
    return !ending;
  }

  /** Waits until nobody reads any more, at most so long. */
  synchronized void awaitNobody(long boundNanos) throws InterruptedException {
    long deadline = nanos.getAsLong() + boundNanos;
    long left = boundNanos;
    while (readers > 0 && left > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
      left = deadline - nanos.getAsLong();
    }
  }
}
