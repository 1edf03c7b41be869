package dev.broadside.loads;

import java.time.Duration;
import java.time.Instant;

/**
 * When a user's run ends, in nanoseconds on the runner's clock. Loads counts a step's time from
 * before it starts the processes, and what arrives after the limit is lost: so the run has to be
 * over before it. Source: docs/protocols.md 2.1.
 *
 * @param began when the first hit may begin
 * @param duration how long hits begin, but for the first one; {@link Long#MAX_VALUE} where they are
 *     counted
 * @param interrupt how long after that moment the test that still runs is interrupted
 * @param limit how long after that moment everything has to be over
 */
record RunTimes(long began, long duration, long interrupt, long limit) {
  /** For the flush, and what it takes the process to end. */
  private static final long END_NANOS = Duration.ofMillis(200).toNanos();

  /** For the test, to come to its end after its interrupt. */
  private static final long WAY_OUT_NANOS = Duration.ofMillis(100).toNanos();

  /** What a user has that comes late. */
  private static final long LEAST_NANOS = Duration.ofMillis(100).toNanos();

  /**
   * Computes them. A limit that is over already is none of this process: it counts from now. A user
   * that comes just before it tries, since Loads looks at its clock twice a second only.
   *
   * @param now this moment, which is {@code nowNanos} on the clock
   */
  static RunTimes of(LoadsEnvironment environment, Instant now, long nowNanos) {
    Duration duration = environment.duration().orElse(null);
    Duration whole = environment.timeLimit();
    long left = Duration.between(now, environment.startedAt().plus(whole)).toNanos();
    if (left <= 0) left = whole.toNanos();
    long limit = Math.max(LEAST_NANOS, left - END_NANOS);
    return new RunTimes(
        nowNanos,
        duration == null ? Long.MAX_VALUE : duration.toNanos(),
        Math.max(LEAST_NANOS, limit - WAY_OUT_NANOS),
        limit);
  }

  /** Whether the duration is over before this hit; never before the first: no user is missing. */
  boolean isOver(int hit, long now) {
    return hit > 1 && now - began >= duration;
  }

  /** When hits do not begin any more, on the runner's clock. */
  long end() {
    return duration == Long.MAX_VALUE ? Long.MAX_VALUE : began + duration;
  }

  /** How long a test may still run. */
  long untilInterrupt(long now) {
    return interrupt - (now - began);
  }

  /** How long until everything has to be over. */
  long untilLimit(long now) {
    return limit - (now - began);
  }
}
