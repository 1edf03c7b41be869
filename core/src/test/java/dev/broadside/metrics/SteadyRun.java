package dev.broadside.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes the result of a run of 10 s that goes the same from its beginning to its end: a hundred
 * transactions a second, whose times grow evenly over each second, up to the double.
 */
final class SteadyRun {
  private static final Duration LENGTH = Duration.ofSeconds(10);
  private static final int COUNT = 1000;

  private final RunRecorder recorder =
      RunRecorder.builder().interval(TimeSeries.intervalFor(LENGTH)).build();

  private long lateNanos = -1;
  private Duration from = Duration.ZERO;
  private Duration until = LENGTH;

  /** Each is that much late. */
  SteadyRun late(Duration late) {
    lateNanos = late.toNanos();
    return this;
  }

  /** What follows happens in this part of the run only. */
  SteadyRun between(Duration from, Duration until) {
    this.from = from;
    this.until = until;
    return this;
  }

  /** Of these, a hundred in a second, each with a timer {@code pay}. */
  SteadyRun with(String label, Duration shortest) {
    for (int i = 0; i < COUNT; i++) {
      long end = LENGTH.toNanos() / COUNT * i;
      long nanos = shortest.toNanos() * (100 + i % 100) / 100;
      if (end >= from.toNanos() && end < until.toNanos()) record(label, end, nanos, null);
    }
    return this;
  }

  private void record(String label, long end, long nanos, @Nullable String error) {
    boolean scheduled = lateNanos >= 0;
    long start = end - nanos;
    recorder.record(
        new Measurement(
            label,
            "group",
            scheduled ? start - lateNanos : start,
            start,
            scheduled ? Punctuality.ON_TIME : Punctuality.UNSCHEDULED,
            nanos,
            error,
            Map.of("pay", nanos / 2)));
  }

  RunResult result() {
    return recorder.result(Instant.parse("2026-11-22T15:40:00Z"), LENGTH, Map.of());
  }

  /** Without a schedule, of logins alone. */
  static RunResult ofLogins(Duration shortest) {
    return new SteadyRun().with("login", shortest).result();
  }
}
