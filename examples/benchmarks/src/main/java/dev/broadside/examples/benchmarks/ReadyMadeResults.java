package dev.broadside.examples.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Messages of results as our turret writes them, with one timer each, for every moment of a run.
 */
final class ReadyMadeResults {
  private static final int SLOTS = 6000;
  private static final int RESULTS_OF_A_SLOT = 8;
  private static final long SLOT_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final double EPOCH = 1_795_290_242;
  private static final List<String> TIMERS = List.of("login", "search", "add to cart", "pay");

  private final Random random = new Random(1);
  private final byte[][][] results = new byte[SLOTS][RESULTS_OF_A_SLOT][];

  /** Makes those of a minute. */
  ReadyMadeResults() {
    for (int slot = 0; slot < SLOTS; slot++) {
      for (int i = 0; i < RESULTS_OF_A_SLOT; i++) results[slot][i] = result(slot);
    }
  }

  private byte[] result(int slot) {
    double elapsed = (slot + random.nextDouble()) * SLOT_NANOS / 1e9;
    double seconds = 0.05 * Math.exp(random.nextGaussian() / 2);
    String result =
        String.format(
            Locale.ROOT,
            "{\"turret_name\":\"feeder\",\"elapsed\":%.9f,\"epoch\":%.6f,\"scriptrun_time\":%.9f,"
                + "\"error\":\"\",\"custom_timers\":{\"%s\":%.9f}}",
            elapsed,
            EPOCH + elapsed,
            seconds,
            TIMERS.get(random.nextInt(TIMERS.size())),
            seconds * random.nextDouble());
    return result.getBytes(StandardCharsets.US_ASCII);
  }

  /** Some that ended so long after the start. */
  byte[][] endedAt(long nanos) {
    return results[(int) (nanos / SLOT_NANOS % SLOTS)];
  }
}
