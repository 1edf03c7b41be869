package dev.broadside.oct.hq;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** Time that a test moves by hand. */
final class ManualClock {
  static final Instant EPOCH = Instant.parse("2026-11-22T05:40:00Z");

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5_000_000_000L); // soon negative

  private final long origin = nanos.get();

  void advance(Duration step) {
    nanos.addAndGet(step.toNanos());
  }

  long now() {
    return nanos.get();
  }

  HqClock clock() {
    return new HqClock(nanos::get, () -> EPOCH.plusNanos(nanos.get() - origin));
  }
}
