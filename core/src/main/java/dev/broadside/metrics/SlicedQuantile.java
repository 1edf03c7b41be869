package dev.broadside.metrics;

import java.util.Arrays;

/**
 * A percentile of a run, and how it went up and down in the ten equal slices of the run's time.
 * Latencies follow those before them, so intervals that rest on independent values would find every
 * third or fifth run different from itself; slices are long enough to be nearly independent.
 *
 * @param nanos of the run as a whole
 * @param mean of the logarithms of the slices' percentiles
 * @param error of that mean: its standard error
 */
record SlicedQuantile(double nanos, double mean, double error) {
  /** Into how many slices a run is cut. */
  static final int SLICES = 10;

  /** How many standard errors are more than chance: Student's t, with ten slices on either side. */
  private static final double ERRORS = 2.1;

  /** Of percentiles in nanoseconds; 0 counts as 1. */
  static SlicedQuantile of(double whole, double[] slices) {
    double[] logarithms =
        Arrays.stream(slices).map(nanos -> Math.log(Math.max(1, nanos))).toArray();
    double mean = Arrays.stream(logarithms).average().orElseThrow();
    double squares = Arrays.stream(logarithms).map(v -> (v - mean) * (v - mean)).sum();
    double deviation = Math.sqrt(squares / (slices.length - 1));
    return new SlicedQuantile(whole, mean, deviation / Math.sqrt(slices.length));
  }

  /** Whether it exceeds the other by more than so many percent. */
  boolean exceeds(SlicedQuantile other, double percent) {
    return nanos > (1 + percent / 100) * other.nanos;
  }

  /** Whether its slices are longer than the other's by more than chance makes them. */
  boolean isBeyondChance(SlicedQuantile other) {
    return mean - other.mean > ERRORS * Math.hypot(error, other.error);
  }
}
