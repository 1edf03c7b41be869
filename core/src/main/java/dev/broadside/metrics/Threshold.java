package dev.broadside.metrics;

import dev.broadside.metrics.ThresholdTerms.Timing;
import java.time.Duration;
import java.util.Collection;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a run has to hold, written as {@code p(95) < 200ms} or {@code login: errors < 1% abort}:
 *
 * <pre>{@code [label ":"] ["response" | "service"] metric op number [unit] ["abort"]}</pre>
 *
 * <p>Metrics are {@code p(N) min max mean}, times of successes in {@code us ms s m}; {@code
 * errors}, the share that failed, in {@code %}; {@code rate}, from the beginning of the run to its
 * end, in {@code /s} or {@code /min}; {@code count}, without a unit; and {@code late dropped
 * unstarted}, shares of what was scheduled, in {@code %}. The signs are {@code < <= > >=}. A label,
 * that of a transaction or else of a timer, stands in double quotes where it has a colon, a blank
 * or a quote in it, which then follows a backslash. With {@code abort} a run that does not hold it
 * ends early.
 *
 * <p>Percentiles are known to three digits, and rounded up, though never beyond the longest time:
 * 200 ms may count as 200.02 ms.
 *
 * <p>Or in Java: {@code Threshold.p(95).below(ofMillis(200)).label("login").abort()}. Immutable.
 */
public final class Threshold {
  private static final int MAX_LISTED = 10;

  private final ThresholdTerms terms;
  private final String text;

  private Threshold(ThresholdTerms terms, String text) {
    this.terms = terms;
    this.text = text;
    String fault = terms.fault();
    if (fault != null) throw ThresholdParser.fault(text, fault);
  }

  private Threshold(ThresholdTerms terms) {
    this(terms, terms.text());
  }

  /**
   * Reads a threshold.
   *
   * @throws IllegalArgumentException quoting the text, and saying what is wrong with it
   */
  public static Threshold parse(String text) {
    String stripped = text.strip();
    return new Threshold(new ThresholdParser(stripped).parse(), stripped);
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
      return new Threshold(
          new ThresholdTerms(null, Timing.EITHER, metric, percentile, comparison, number, false));
    }
  }

  /** The same for the figures of one transaction, else one timer. */
  public Threshold label(String label) {
    if (label.isEmpty()) throw new IllegalArgumentException("label is empty");
    return new Threshold(terms.withLabel(label));
  }

  /** The same for response times, which count from the intended start. */
  public Threshold response() {
    return new Threshold(terms.withTiming(Timing.RESPONSE));
  }

  /** The same for service times, also where there is a schedule. */
  public Threshold service() {
    return new Threshold(terms.withTiming(Timing.SERVICE));
  }

  /** The same, and it ends a run early. */
  public Threshold abort() {
    return new Threshold(terms.withAbort());
  }

  /** Whether only a run with a schedule can be judged by it. */
  public boolean requiresSchedule() {
    return terms.timing() == Timing.RESPONSE || terms.metric().requiresSchedule();
  }

  /** Whether it says how many iterations of this transaction may fail. */
  public boolean limitsErrorsOf(String transaction) {
    String label = terms.label();
    return terms.metric() == ThresholdMetric.ERRORS && (label == null || label.equals(transaction));
  }

  /** Whether it ends a run early. */
  public boolean aborts() {
    return terms.abort();
  }

  /** Whether the run holds it. What was never seen, or never succeeded, holds nothing. */
  public Verdict judge(RunResult result) {
    if (requiresSchedule()) return verdict(false, "the run had no schedule");
    Summary summary = summary(result);
    return summary == null ? verdict(false, neverSeen(result)) : judge(summary);
  }

  private @Nullable Summary summary(RunResult result) {
    String label = terms.label();
    if (label == null) return result.all();
    Summary transaction = result.transactions().get(label);
    return transaction == null ? result.timers().get(label) : transaction;
  }

  private String neverSeen(RunResult result) {
    Collection<String> seen = new TreeSet<>(result.transactions().keySet());
    seen.addAll(result.timers().keySet());
    boolean others = seen.remove(BoundedNames.OTHER);
    String first = seen.stream().limit(MAX_LISTED).collect(Collectors.joining(", "));
    int more = seen.size() - MAX_LISTED;
    return terms.label()
        + (others
            ? " is among " + BoundedNames.OTHER + " or was never seen, "
            : " was never seen, ")
        + (seen.isEmpty() ? "nor anything else" : "only " + first)
        + (more > 0 ? " and " + more + " more" : "");
  }

  /** The figures it is on, as far as a run has come; null if there are none. */
  @Nullable Summary soFar(RunRecorder recorder, Duration age) {
    String label = terms.label();
    return label == null ? recorder.all(age) : recorder.label(label, age);
  }

  Verdict judge(Summary summary) {
    ThresholdMetric metric = terms.metric();
    String missing = metric.missing(summary);
    if (missing != null) return verdict(false, missing);
    double measured = metric.measure(summary, terms.percentile());
    boolean passed = terms.comparison().holds(measured, terms.limit());
    return verdict(passed, metric.quantity.measured(measured, terms.limit()));
  }

  private Verdict verdict(boolean passed, String measured) {
    return new Verdict(text, passed, measured, aborts());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Threshold that && terms.equals(that.terms);
  }

  @Override
  public int hashCode() {
    return terms.hashCode();
  }

  /** As it was written, or as it would be. */
  @Override
  public String toString() {
    return text;
  }
}
