package dev.broadside.users;

import dev.broadside.metrics.Punctuality;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Arrivals, and the places of those who serve them: as many as there may be users. An arrival that
 * comes when a place is free is on time; others wait for one, first come first served, or are
 * dropped. Told of everything in the order of time, it decides exactly, however late it is told:
 * who frees a place first has everything settled that came before. Those who wait take no memory,
 * the schedule knows them. Only one thread at a time may use it.
 */
final class ArrivalLine {
  private final Arrivals arrivals;
  private final int places;
  private final boolean drops;
  private final long origin;
  private final Deque<Start> granted = new ArrayDeque<>(); // more only while users are being made
  private int taken;
  private long dropped;
  private boolean everLate;
  private long closed = Arrivals.NONE;

  /**
   * A line that nobody stands in yet.
   *
   * @param origin when its schedule begins, in nanoseconds since the run's beginning, as are all
   *     times here
   */
  ArrivalLine(Arrivals arrivals, int places, ArrivalOverflow overflow, long origin) {
    this.arrivals = arrivals;
    this.places = places;
    this.drops = overflow == ArrivalOverflow.DROP;
    this.origin = origin;
  }

  /** When the next one comes, or came who has no place yet. */
  long next() {
    return since(arrivals.next());
  }

  /** When the profile ends by itself. */
  long end() {
    return since(arrivals.end());
  }

  private long since(long nanos) {
    return nanos > Arrivals.NONE - origin ? Arrivals.NONE : origin + nanos;
  }

  /**
   * Gives places to those who came while there were any, and drops the others or lets them wait.
   */
  void settle(long now) {
    long until = Math.min(now, closed);
    while (taken < places && next() <= until) grant(Punctuality.ON_TIME);
    if (next() > until) return;
    if (drops) dropped += arrivals.skipTo(until - origin);
    else everLate = true;
  }

  private void grant(Punctuality punctuality) {
    granted.add(new Start(next(), punctuality));
    arrivals.advance();
    taken++;
  }

  /** Somebody has left a place, now; the first who waits takes it. */
  void free(long now) {
    settle(now);
    taken--;
    if (next() <= now && closed == Arrivals.NONE) grant(Punctuality.LATE);
  }

  /** The first who has a place but nobody yet who serves it; null if there is none. */
  @Nullable Start poll() {
    return granted.poll();
  }

  /** How many {@link #poll} would give. */
  int granted() {
    return granted.size();
  }

  /** Lets nobody in who comes later or waits now. */
  void close(long now) {
    settle(now);
    closed = Math.min(closed, now);
  }

  /** Whether all that there may be have come, and were served. */
  boolean isServed() {
    return arrivals.isUsedUp() && taken == 0;
  }

  /** Whether there is no place for who comes now. */
  boolean isFull() {
    return taken == places;
  }

  /** Whether anyone ever had to wait. */
  boolean isEverLate() {
    return everLate;
  }

  /** How many were dropped since this was asked last. */
  long takeDropped() {
    long count = dropped;
    dropped = 0;
    return count;
  }

  /** Those who waited when the line was closed, and go away now. */
  Unstarted leave() {
    Start first = granted.peek();
    long oldest = first == null ? next() : first.intendedNanos();
    long count = granted.size() + arrivals.skipTo(closed - origin);
    granted.clear();
    return new Unstarted(count, Duration.ofNanos(Math.max(0, closed - oldest)));
  }

  /**
   * Starts that never were.
   *
   * @param count how many
   * @param longestWait how long the first of them had waited
   */
  record Unstarted(long count, Duration longestWait) {}
}
