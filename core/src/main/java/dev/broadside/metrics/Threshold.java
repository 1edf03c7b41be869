package dev.broadside.metrics;

import dev.broadside.metrics.ThresholdTerms.Timing;
import java.time.Duration;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a run has to hold, written as {@code p(95) < 200ms} or {@code login: errors < 1% abort}:
 *
 * <pre>{@code [label ":"] ["response" | "service"] metric op number [unit] ["abort"]}</pre>
 *
 * <p>Metrics are {@code p(N) min max mean}, times of successes in {@code us ms s m}; {@code
 * errors}, the share that failed, in {@code %}; {@code rate}, from the first intended start to the
 * end of the last stage, or from the run's start to its stop, in {@code /s} or {@code /min}; {@code
 * count}, without a unit; and {@code late dropped unstarted}, shares of what was scheduled, in
 * {@code %}. The signs are {@code < <= > >=}. A label, that of a transaction or else of a timer,
 * stands in double quotes where it has a colon, a blank or a quote in it, which then follows a
 * backslash. With {@code abort} a run that does not hold it ends early.
 *
 * <p>Times are response times, which count from the intended start, where there is a schedule, else
 * service times; the words {@code response} and {@code service} say which are meant.
 *
 * <p>Percentiles are known to three digits, and rounded up, though never beyond the longest time:
 * 200 ms may count as 200.02 ms.
 *
 * <p>Or in Java: {@code Threshold.p(95).below(ofMillis(200)).label("login").abort()}. A run can be
 * compared with earlier ones as well: {@link #noWorseThan}. Immutable.
 */
public abstract sealed class Threshold permits LimitThreshold, BaselineThreshold {
  Threshold() {}

  /**
   * Reads a threshold.
   *
   * @throws IllegalArgumentException quoting the text, and saying what is wrong with it
   */
  public static Threshold parse(String text) {
    String stripped = text.strip();
    return new LimitThreshold(new ThresholdParser(stripped).parse(), stripped);
  }

  /** On the time that so many percent of the successes do not exceed. */
  public static Measure<Duration> p(double percentile) {
    if (!Double.isFinite(percentile)) {
      throw new IllegalArgumentException("percentile: " + percentile);
    }
    return new Measure<>(ThresholdMetric.P, percentile, Threshold::nanos);
  }

  /** On the shortest success. */
  public static Measure<Duration> min() {
    return new Measure<>(ThresholdMetric.MIN, 0, Threshold::nanos);
  }

  /** On the longest success. */
  public static Measure<Duration> max() {
    return new Measure<>(ThresholdMetric.MAX, 0, Threshold::nanos);
  }

  /** On the mean of the successes. */
  public static Measure<Duration> mean() {
    return new Measure<>(ThresholdMetric.MEAN, 0, Threshold::nanos);
  }

  /** On the share that failed. */
  public static Measure<Percent> errors() {
    return new Measure<>(ThresholdMetric.ERRORS, 0, Percent::value);
  }

  /** On the share of scheduled starts at which no user was free. */
  public static Measure<Percent> late() {
    return new Measure<>(ThresholdMetric.LATE, 0, Percent::value);
  }

  /** On the share of scheduled starts that were dropped. */
  public static Measure<Percent> dropped() {
    return new Measure<>(ThresholdMetric.DROPPED, 0, Percent::value);
  }

  /** On the share of scheduled starts that the run's end came before. */
  public static Measure<Percent> unstarted() {
    return new Measure<>(ThresholdMetric.UNSTARTED, 0, Percent::value);
  }

  /** On how many there were in a second. */
  public static Measure<Number> rate() {
    return new Measure<>(ThresholdMetric.RATE, 0, Number::doubleValue);
  }

  /** On how many there were. */
  public static Measure<Number> count() {
    return new Measure<>(ThresholdMetric.COUNT, 0, Number::doubleValue);
  }

  private static double nanos(Duration time) {
    return time.toNanos();
  }

  /**
   * That times are no longer than in the worst run of a baseline, by more than so many percent. The
   * baseline should have five runs; of fewer than three the verdict says that they tell little.
   */
  public static BaselineThreshold noWorseThan(Baseline baseline, Percent tolerance) {
    return BaselineThreshold.of(baseline, tolerance);
  }

  /** So many of a hundred. */
  public static Percent percent(double value) {
    return new Percent(value);
  }

  /**
   * A share.
   *
   * @param value so many of a hundred
   */
  public record Percent(double value) {}

  /**
   * What a threshold is on, before its limit is set.
   *
   * @param <L> what limits it
   */
  public static final class Measure<L> {
    private final ThresholdMetric metric;
    private final double percentile;
    private final ToDoubleFunction<L> value;

    private Measure(ThresholdMetric metric, double percentile, ToDoubleFunction<L> value) {
      this.metric = metric;
      this.percentile = percentile;
      this.value = value;
    }

    /** It has to be less. */
    public Threshold below(L limit) {
      return compared(Comparison.BELOW, limit);
    }

    /** It has to be that or less. */
    public Threshold atMost(L limit) {
      return compared(Comparison.AT_MOST, limit);
    }

    /** It has to be more. */
    public Threshold above(L limit) {
      return compared(Comparison.ABOVE, limit);
    }

    /** It has to be that or more. */
    public Threshold atLeast(L limit) {
      return compared(Comparison.AT_LEAST, limit);
    }

    private Threshold compared(Comparison comparison, L limit) {
      double number = value.applyAsDouble(Objects.requireNonNull(limit, "limit"));
      if (!Double.isFinite(number)) throw new IllegalArgumentException("limit: " + number);
      return new LimitThreshold(
          new ThresholdTerms(null, Timing.EITHER, metric, percentile, comparison, number, false));
    }
  }

  /** The same for the figures of one transaction, else one timer. */
  public abstract Threshold label(String label);

  /** The same for response times, which count from the intended start. */
  public abstract Threshold response();

  /** The same for service times, also where there is a schedule. */
  public abstract Threshold service();

  /**
   * The same, and it ends a run early.
   *
   * @throws UnsupportedOperationException if it is on whole runs only
   */
  public abstract Threshold abort();

  /** Whether only a run with a schedule can be judged by it. */
  public abstract boolean requiresSchedule();

  /** Whether it says how many iterations of this transaction may fail. */
  public boolean limitsErrorsOf(String transaction) {
    return isOn(ThresholdMetric.ERRORS) && covers(transaction);
  }

  /** Whether it sets a limit to this figure. */
  abstract boolean isOn(ThresholdMetric metric);

  /** Whether it is on this transaction, or on all. */
  abstract boolean covers(String transaction);

  /** Whether it ends a run early. */
  public abstract boolean aborts();

  /** Whether the run holds it. What was never seen, or never succeeded, holds nothing. */
  public abstract Verdict judge(RunResult result);

  /** What comes of it so far; null if it cannot tell yet, or has fewer samples than that. */
  abstract @Nullable Verdict soFar(RunRecorder recorder, Duration age, long minSamples);

  /** As it was written, or as it would be. */
  @Override
  public abstract String toString();
}
