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
  private final List<@Nullable TimesRecorder> slots = new ArrayList<>(); // null: nothing ended
  private long widthNanos;
  private @Nullable TimesRecorder latest; // most belongs where the one before did
  private long latestBegin;

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
  void record(long endNanos, long serviceNanos, long responseNanos, boolean failure) {
    slotAt(Math.max(0, endNanos)).record(serviceNanos, responseNanos, failure);
  }

  private TimesRecorder slotAt(long endNanos) {
    TimesRecorder slot = latest;
    long sinceBegin = endNanos - latestBegin;
    if (slot == null || sinceBegin < 0 || sinceBegin >= widthNanos) slot = lookUp(endNanos);
    return slot;
  }

  private TimesRecorder lookUp(long endNanos) {
    long index = endNanos / widthNanos;
    while (index >= maxIntervals) {
      mergePairs();
      index = endNanos / widthNanos;
    }
    while (slots.size() <= index) append();
    TimesRecorder slot = slots.get((int) index);
    if (slot == null) {
      slot = new TimesRecorder();
      slots.set((int) index, slot);
    }
    latest = slot;
    latestBegin = index * widthNanos;
    return slot;
  }

  /** The last but one is seldom written to from now on; the last one still is, at the border. */
  private void append() {
    TimesRecorder quiet = slots.size() < 2 ? null : slots.get(slots.size() - 2);
    if (quiet != null) quiet.pack();
    slots.add(null);
  }

  private void mergePairs() {
    List<@Nullable TimesRecorder> merged = new ArrayList<>();
    for (int i = 0; i < slots.size(); i += 2) {
      merged.add(merged(slots.get(i), i + 1 < slots.size() ? slots.get(i + 1) : null));
    }
    slots.clear();
    slots.addAll(merged);
    widthNanos *= 2;
  }

  private static @Nullable TimesRecorder merged(
      @Nullable TimesRecorder one, @Nullable TimesRecorder next) {
    if (one == null || next == null) return one == null ? next : one;
    one.add(next);
    return one;
  }

  TimeSeries series() {
    List<TimeSeries.Interval> intervals = new ArrayList<>();
    for (TimesRecorder slot : slots) {
      intervals.add(slot == null ? TimeSeries.Interval.EMPTY : slot.interval());
    }
    return new TimeSeries(Duration.ofNanos(widthNanos), intervals);
  }

  /** The interval that is so many before the one of this moment; it may still grow. */
  TimeSeries.Interval intervalBefore(long nowNanos, int back) {
    long index = nowNanos / widthNanos - back;
    TimesRecorder slot = index < 0 || index >= slots.size() ? null : slots.get((int) index);
    return slot == null ? TimeSeries.Interval.EMPTY : slot.interval();
  }

  long widthNanos() {
    return widthNanos;
  }
}
