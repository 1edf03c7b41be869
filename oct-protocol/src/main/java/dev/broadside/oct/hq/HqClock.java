package dev.broadside.oct.hq;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The time of a headquarters.
 *
 * @param nanos for what lasts
 * @param wall for what is shown
 */
record HqClock(LongSupplier nanos, InstantSource wall) {
  static final HqClock SYSTEM = new HqClock(System::nanoTime, InstantSource.system());

  long now() {
    return nanos.getAsLong();
  }

  Instant instant() {
    return wall.instant();
  }
}
