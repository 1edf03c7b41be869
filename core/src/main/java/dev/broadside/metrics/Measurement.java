package dev.broadside.metrics;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One iteration of one virtual user. Times are nanoseconds since the beginning of its run.
 *
 * @param label what was done: the transaction's simple class name; at a headquarters the turret's
 *     name
 * @param group who did it: the turret
 * @param intendedStartNanos when it should have started; where no schedule says otherwise, when it
 *     did
 * @param startNanos when it started
 * @param punctuality how it kept to its schedule, if it had one
 * @param serviceNanos how long the user's own code took, never negative
 * @param error the text of its failure, never empty; null for a success
 * @param timers its custom timers: name to nanoseconds; unmodifiable
 */
public record Measurement(
    String label,
    String group,
    long intendedStartNanos,
    long startNanos,
    Punctuality punctuality,
    long serviceNanos,
    @Nullable String error,
    Map<String, Long> timers) {
  /** Checks what a sink relies on. */
  public Measurement {
    Objects.requireNonNull(label, "label");
    Objects.requireNonNull(group, "group");
    Objects.requireNonNull(punctuality, "punctuality");
    Objects.requireNonNull(timers, "timers");
    if (serviceNanos < 0) throw new IllegalArgumentException("serviceNanos < 0: " + serviceNanos);
    if (error != null && error.isEmpty()) throw new IllegalArgumentException("error is empty");
  }

  /** One without a schedule: it was to start when it did. */
  public Measurement(
      String label,
      String group,
      long startNanos,
      long serviceNanos,
      @Nullable String error,
      Map<String, Long> timers) {
    this(
        label, group, startNanos, startNanos, Punctuality.UNSCHEDULED, serviceNanos, error, timers);
  }

  /** Whether there was a schedule for it. */
  public boolean isScheduled() {
    return punctuality != Punctuality.UNSCHEDULED;
  }

  /** How long after its intended start it started. */
  public long latenessNanos() {
    return Math.max(0, startNanos - intendedStartNanos);
  }

  /** Its service time and its lateness together: how long who wanted it at its time had to wait. */
  public long responseNanos() {
    return serviceNanos + latenessNanos();
  }

  /** Whether it failed. */
  public boolean failed() {
    return error != null;
  }

  /** The same with so many characters of its error at most. */
  Measurement withErrorUpTo(int maxChars) {
    if (error == null || error.length() <= maxChars) return this;
    String shorter = BoundedNames.shortened(error, maxChars);
    return new Measurement(
        label, group, intendedStartNanos, startNanos, punctuality, serviceNanos, shorter, timers);
  }

  /** When it ended, in nanoseconds since the beginning of the run. */
  public long endNanos() {
    return startNanos + serviceNanos;
  }
}
