package dev.broadside.users;

import java.time.Duration;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The intended starts of an open profile, one after the other: a cursor, so they take no memory.
 * Arrival k comes when the integral of the rate goes beyond k; at random ones each is an
 * exponential draw further on in the integral than the one before. Only one thread may use it.
 */
final class Arrivals {
  /** After the last one. */
  static final long NONE = RateCurve.NEVER;

  private static final int ROUNDED = 8; // so many last places that an integral may be wrong by

  private final RateCurve curve;
  private final @Nullable SplittableRandom random;
  private final long end;
  private final long count;
  private long index;
  private double integral;
  private long next;

  Arrivals(OpenProfile profile, long seed) {
    this.curve = new RateCurve(profile.stages());
    this.random = profile.isPoisson() ? new SplittableRandom(seed) : null;
    Duration length = profile.length();
    this.end = length == null ? NONE : length.toNanos();
    this.count = profile.maxIterations().orElse(Long.MAX_VALUE);
    this.integral = random == null ? 0 : exponential(random);
    this.next = find();
  }

  /**
   * When the next one comes, in nanoseconds since the profile's beginning; or that there is none.
   */
  long next() {
    return next;
  }

  /** Goes on to the one after it. */
  void advance() {
    index++;
    integral = random == null ? index : integral + exponential(random);
    next = find();
  }

  /** Passes over all that come until then, and tells how many those are. */
  long skipTo(long until) {
    if (next > until) return 0;
    long first = index;
    if (random == null) jumpTowards(Math.min(until, end - 1));
    while (next <= until && next != NONE) advance();
    return index - first;
  }

  /** Shortly before it, as far as a rounded integral can tell. */
  private void jumpTowards(long until) {
    double passed = curve.integralAt(until - 1);
    long near = (long) (passed - 1 - ROUNDED * Math.ulp(passed));
    index = Math.max(index, Math.min(near, count));
    integral = index;
    next = find();
  }

  private long find() {
    if (index >= count) return NONE;
    long nanos = curve.nanosBeyond(integral);
    return nanos < end ? nanos : NONE;
  }

  /** Of mean 1; the same on every machine. */
  private static double exponential(SplittableRandom random) {
    return -StrictMath.log(1 - random.nextDouble());
  }

  /** Whether all that there may be have come, so that nothing is left to wait for. */
  boolean isUsedUp() {
    return index >= count;
  }

  /** When the profile ends by itself, in nanoseconds since its beginning; or that it does not. */
  long end() {
    return end;
  }

  /** The highest rate there ever is, in a second. */
  double peak() {
    return curve.peak();
  }
}
