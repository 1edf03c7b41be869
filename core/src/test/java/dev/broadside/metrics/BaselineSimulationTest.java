package dev.broadside.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * How often {@link SlicedQuantile} is wrong, by simulated pairs of runs: of one system twice, or of
 * a system and one that is 30 % slower.
 */
class BaselineSimulationTest {
  private static final int PAIRS = 300;
  private static final int LATENCIES = 4000; // of a run
  private static final int SLICE = LATENCIES / SlicedQuantile.SLICES;
  private static final double TOLERANCE = 10;
  private static final double[] PERCENTILES = {50, 95, 99};

  private final Random random = new Random(20_261_122);

  /** Makes the latencies of a run, in the order of their time. */
  private interface Model {
    double[] latencies(double slowness);
  }

  /** Says that a run is worse than one before. */
  private interface Rule {
    boolean isWorse(Run now, Run before, double percentile);
  }

  /** A run: its latencies and those of its slices, each sorted. */
  private record Run(double[] whole, double[][] slices) {
    static Run of(double[] latencies) {
      double[][] slices = new double[SlicedQuantile.SLICES][];
      for (int i = 0; i < slices.length; i++) {
        slices[i] = Arrays.copyOfRange(latencies, i * SLICE, (i + 1) * SLICE);
        Arrays.sort(slices[i]);
      }
      Arrays.sort(latencies);
      return new Run(latencies, slices);
    }

    SlicedQuantile quantile(double percentile) {
      double[] nanos = Arrays.stream(slices).mapToDouble(each -> at(each, percentile, 0)).toArray();
      return SlicedQuantile.of(at(whole, percentile, 0), nanos);
    }
  }

  private double[] independent(double slowness) {
    double[] nanos = new double[LATENCIES];
    for (int i = 0; i < LATENCIES; i++) nanos[i] = nanos(slowness, 0.5 * random.nextGaussian());
    return nanos;
  }

  /** Each follows those before it, and now and then the system is slower for a while. */
  private double[] autocorrelated(double slowness) {
    double[] nanos = new double[LATENCIES];
    double drift = random.nextGaussian();
    boolean slow = false;
    for (int i = 0; i < LATENCIES; i++) {
      drift = 0.98 * drift + Math.sqrt(1 - 0.98 * 0.98) * random.nextGaussian();
      if (random.nextInt(slow ? 40 : 400) == 0) slow = !slow;
      double noise = 0.3 * random.nextGaussian();
      nanos[i] = nanos(slowness, 0.3 * drift + noise + (slow ? 0.4 : 0));
    }
    return nanos;
  }

  private static double nanos(double slowness, double logarithm) {
    return slowness * 10e6 * Math.exp(logarithm);
  }

  private static boolean bySlices(Run now, Run before, double percentile) {
    SlicedQuantile measured = now.quantile(percentile);
    SlicedQuantile old = before.quantile(percentile);
    return measured.exceeds(old, TOLERANCE) && measured.isBeyondChance(old);
  }

  /** As if no latency had to do with the one before: 95 % intervals that do not overlap. */
  private static boolean byIntervals(Run now, Run before, double percentile) {
    return at(now.whole, percentile, 0) > (1 + TOLERANCE / 100) * at(before.whole, percentile, 0)
        && at(now.whole, percentile, -1.96) > at(before.whole, percentile, 1.96);
  }

  /** The percentile, so many standard errors of its rank beside it. */
  private static double at(double[] sorted, double percentile, double errors) {
    double p = percentile / 100;
    double rank = p * sorted.length + errors * Math.sqrt(sorted.length * p * (1 - p));
    return sorted[(int) Math.min(Math.ceil(rank), sorted.length) - 1];
  }

  /** Of a hundred pairs: how many are worse by any of the percentiles. */
  private double percentWorse(Model model, double slowness, Rule rule) {
    int worse = 0;
    for (int pair = 0; pair < PAIRS; pair++) {
      Run before = Run.of(model.latencies(1));
      Run now = Run.of(model.latencies(slowness));
      if (Arrays.stream(PERCENTILES).anyMatch(p -> rule.isWorse(now, before, p))) worse++;
    }
    return 100.0 * worse / PAIRS;
  }

  @Test
  void theSameSystem_isSeldomCalledWorse() {
    double percent = percentWorse(this::autocorrelated, 1, BaselineSimulationTest::bySlices);
    assertThat(percent).isLessThan(10);
  }

  @Test
  void theSameSystem_isHardlyEverCalledWorseByIndependentLatencies() {
    double percent = percentWorse(this::independent, 1, BaselineSimulationTest::bySlices);
    assertThat(percent).isLessThan(2);
  }

  @Test
  void aSlowerSystem_isCalledWorse() {
    double percent = percentWorse(this::autocorrelated, 1.3, BaselineSimulationTest::bySlices);
    assertThat(percent).isGreaterThan(95);
  }

  @Test
  void intervalsOfIndependentValues_callTheSameSystemWorse() {
    double percent = percentWorse(this::autocorrelated, 1, BaselineSimulationTest::byIntervals);
    assertThat(percent).isGreaterThan(15);
  }
}
