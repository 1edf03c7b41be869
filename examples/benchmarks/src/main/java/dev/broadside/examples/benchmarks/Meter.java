package dev.broadside.examples.benchmarks;

import dev.broadside.metrics.Measurement;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Counts what a headquarters takes, and takes the time from the first result on. */
final class Meter implements Consumer<Measurement> {
  private static final int RESULTS_BETWEEN_LOOKS = 256; // a look at the clock costs 45 ns

  private final long limitNanos;
  private long received;
  private long start;
  private long timed;
  private long nanos;

  /** Takes the time for so long. */
  Meter(int seconds) {
    this.limitNanos = TimeUnit.SECONDS.toNanos(seconds);
  }

  @Override
  public void accept(Measurement measurement) {
    if (received++ % RESULTS_BETWEEN_LOOKS == 0) look();
  }

  private void look() {
    long now = System.nanoTime();
    if (received == 1) start = now;
    if (now - start > limitNanos) return;
    timed = received - 1;
    nanos = now - start;
  }

  double perSecond() {
    return timed * 1e9 / nanos;
  }

  /** To be asked for when the run is over. */
  long received() {
    return received;
  }
}
