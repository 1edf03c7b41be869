package dev.broadside.oct.live;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Where the latest event hangs, for all who read along. There is no queue: who is slow misses some.
 * Thread-safe.
 */
final class Events {
  /** One that was displaced comes again after some seconds, and would displace the next at once. */
  private static final long STAY_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final int maxReaders;
  private final LongSupplier nanos;
  private final Deque<Place> readers = new ArrayDeque<>(); // who came first is first
  private long number;
  private @Nullable Event latest;
  private boolean asked;
  private boolean ending;
  private boolean over;

  /** Of one who reads along. */
  static final class Place {
    private final Thread reader = Thread.currentThread();
    private final long since;

    private Place(long since) {
      this.since = since;
    }
  }

  Events(int maxReaders, LongSupplier nanos) {
    this.maxReaders = maxReaders;
    this.nanos = nanos;
  }

  /**
   * The calling thread wants to read along. If all places are taken, it displaces the one that has
   * been there longest, whose thread is interrupted.
   *
   * @return its place; null if all others have come a moment ago, or it is over
   */
  synchronized @Nullable Place enter() {
    long now = nanos.getAsLong();
    if (ending || !(readers.size() < maxReaders || displaceOne(now))) return null;
    if (readers.isEmpty()) ask();
    Place place = new Place(now);
    readers.add(place);
    return place;
  }

  private boolean displaceOne(long now) {
    Place longest = readers.getFirst();
    if (now - longest.since < STAY_NANOS) return false;
    readers.remove(longest);
    longest.reader.interrupt();
    return true;
  }

  /** While nobody read along no event was made: the last one is old. */
  private void ask() {
    latest = null;
    asked = true;
    notifyAll();
  }

  synchronized void leave(Place place) {
    readers.remove(place);
    notifyAll();
  }

  /** How many read along. */
  synchronized int readers() {
    return readers.size();
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
    while (!readers.isEmpty() && left > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
      left = deadline - nanos.getAsLong();
    }
  }
}
