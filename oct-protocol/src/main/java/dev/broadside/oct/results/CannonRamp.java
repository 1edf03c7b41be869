package dev.broadside.oct.results;

/**
 * How the cannons of a turret start: cannon i of n at {@code i * rampUp / n} after the turret's
 * start. Times are nanoseconds since the beginning of the run. Source: docs/protocols.md 1.6.
 *
 * @param cannons how many there are, never negative
 * @param rampUpNanos over how long they start, never negative
 * @param startNanos when the turret started
 * @param endNanos when it was seen to have ended; {@link #OPEN} if it was not
 */
public record CannonRamp(int cannons, long rampUpNanos, long startNanos, long endNanos) {
  /** Nothing was seen of an end. */
  public static final long OPEN = Long.MAX_VALUE;

  private static final double MAX_SECONDS = 9e9; // what fits into a long of nanoseconds

  /** The cannons of a turret that says this of itself, and starts then. */
  public static CannonRamp of(int cannons, double rampUpSeconds, long startNanos) {
    double seconds = Math.max(0, Math.min(rampUpSeconds, MAX_SECONDS));
    return new CannonRamp(Math.max(0, cannons), Math.round(seconds * 1e9), startNanos, OPEN);
  }

  /** The same, ended. */
  public CannonRamp endedAt(long nanos) {
    return new CannonRamp(cannons, rampUpNanos, startNanos, nanos);
  }

  /** When the last cannon starts. */
  long fullNanos() {
    return cannons < 2 ? startNanos : startNanos + rampUpNanos - rampUpNanos / cannons;
  }

  /** How many cannons should be firing at this moment. */
  int at(long nanos) {
    if (nanos < startNanos || nanos >= endNanos) return 0;
    if (nanos >= fullNanos()) return cannons;
    return (int) ((double) (nanos - startNanos) * cannons / rampUpNanos) + 1;
  }
}
