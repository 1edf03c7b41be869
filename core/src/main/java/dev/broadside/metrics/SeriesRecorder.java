package dev.broadside.metrics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects a {@link TimeSeries} of a bounded number of intervals: when a run outlasts them, each
 * two become one of twice the length. Only one thread may call it.
 */
final class SeriesRecorder {
  private final int maxIntervals;
  private final List<@Nullable Slot> slots = new ArrayList<>();
  private long widthNanos;
  private @Nullable Slot latest; // most belongs where the one before did
  private long latestBegin;

  /** What ended in one interval; there are none for intervals in which nothing did. */
  private static final class Slot {
    final LatencyRecorder service = new LatencyRecorder();
    final LatencyRecorder failed = new LatencyRecorder();

    void add(Slot other) {
      service.add(other.service);
      failed.add(other.failed);
    }

    void pack() {
      service.pack();
      failed.pack();
    }

    TimeSeries.Interval interval() {
      return new TimeSeries.Interval(service.encoded(), failed.encoded());
    }
  }

  /**
   * No intervals yet.
   *
   * @param maxIntervals how many there may be, 2 or more
   */
  SeriesRecorder(long widthNanos, int maxIntervals) {
    this.widthNanos = widthNanos;
    this.maxIntervals = maxIntervals;
  }

  /** Counts what took so long and ended so long after the beginning; before it counts as at it. */
  void record(long endNanos, long nanos, boolean failure) {
    Slot slot = slotAt(Math.max(0, endNanos));
    (failure ? slot.failed : slot.service).record(nanos);
  }

  private Slot slotAt(long endNanos) {
    Slot slot = latest;
    long sinceBegin = endNanos - latestBegin;
    if (slot == null || sinceBegin < 0 || sinceBegin >= widthNanos) slot = lookUp(endNanos);
    return slot;
  }

  private Slot lookUp(long endNanos) {
    long index = endNanos / widthNanos;
    while (index >= maxIntervals) {
      mergePairs();
      index = endNanos / widthNanos;
    }
    while (slots.size() <= index) append();
    Slot slot = slots.get((int) index);
    if (slot == null) {
      slot = new Slot();
      slots.set((int) index, slot);
    }
    latest = slot;
    latestBegin = index * widthNanos;
    return slot;
  }

  /** The last but one is seldom written to from now on; the last one still is, at the border. */
  private void append() {
    Slot quiet = slots.size() < 2 ? null : slots.get(slots.size() - 2);
    if (quiet != null) quiet.pack();
    slots.add(null);
  }

  private void mergePairs() {
    List<@Nullable Slot> merged = new ArrayList<>();
    for (int i = 0; i < slots.size(); i += 2) {
      merged.add(merged(slots.get(i), i + 1 < slots.size() ? slots.get(i + 1) : null));
    }
    slots.clear();
    slots.addAll(merged);
    widthNanos *= 2;
  }

  private static @Nullable Slot merged(@Nullable Slot one, @Nullable Slot next) {
    if (one == null || next == null) return one == null ? next : one;
    one.add(next);
    return one;
  }

  TimeSeries series() {
    List<TimeSeries.Interval> intervals = new ArrayList<>();
    for (Slot slot : slots) {
      intervals.add(slot == null ? new TimeSeries.Interval(null, null) : slot.interval());
    }
    return new TimeSeries(Duration.ofNanos(widthNanos), intervals);
  }

  /** The interval that is so many before the one of this moment; it may still grow. */
  TimeSeries.Interval intervalBefore(long nowNanos, int back) {
    long index = nowNanos / widthNanos - back;
    Slot slot = index < 0 || index >= slots.size() ? null : slots.get((int) index);
    return slot == null ? new TimeSeries.Interval(null, null) : slot.interval();
  }

  long widthNanos() {
    return widthNanos;
  }
}
