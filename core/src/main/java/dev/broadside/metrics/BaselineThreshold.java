package dev.broadside.metrics;

import dev.broadside.metrics.BaselineComparison.Finding;
import dev.broadside.metrics.BaselineComparison.Outcome;
import dev.broadside.metrics.ThresholdTerms.Timing;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A threshold that compares percentiles with those of the worst run of a {@link Baseline}: the
 * 50th, 95th and 99th, unless {@link #percentiles} says others.
 *
 * <p>One is worse if it exceeds the baseline's by more than the tolerance, and if the ten equal
 * slices of either run's time say that this is more than chance. It takes ten successes beyond a
 * percentile in either run, and one in each slice; else that percentile is unknown. Where some are
 * known, they decide; where none is, the threshold does not hold.
 *
 * <p>Response times are compared where the run and all of the baseline had a schedule, else service
 * times. Immutable.
 */
public final class BaselineThreshold extends Threshold {
  private static final int FEW_RUNS = 3;

  private final Terms terms;

  /** What it says. */
  private record Terms(
      Baseline baseline,
      double tolerance,
      @Nullable String label,
      Timing timing,
      List<Double> percentiles) {
    Terms withLabel(String label) {
      return new Terms(baseline, tolerance, label, timing, percentiles);
    }

    Terms withTiming(Timing timing) {
      return new Terms(baseline, tolerance, label, timing, percentiles);
    }

    Terms withPercentiles(List<Double> percentiles) {
      return new Terms(baseline, tolerance, label, timing, percentiles);
    }

    String text() {
      return (label == null ? "" : ThresholdTerms.quoted(label) + ": ")
          + (timing == Timing.EITHER ? "" : timing.word + ' ')
          + percentiles.stream().map(Terms::name).collect(Collectors.joining(", "))
          + " at most "
          + Quantity.SHARE.text(tolerance)
          + " above the baseline";
    }

    private static String name(double percentile) {
      return "p(" + ThresholdTerms.percent(percentile) + ")";
    }
  }

  private BaselineThreshold(Terms terms) {
    this.terms = terms;
  }

  static BaselineThreshold of(Baseline baseline, Percent tolerance) {
    Objects.requireNonNull(baseline, "baseline");
    double percent = tolerance.value();
    if (!(percent >= 0 && Double.isFinite(percent))) {
      throw new IllegalArgumentException("tolerance is not 0 or more: " + percent);
    }
    return new BaselineThreshold(
        new Terms(baseline, percent, null, Timing.EITHER, List.of(50.0, 95.0, 99.0)));
  }

  /** The same on these percentiles, each above 0 and below 100. */
  public BaselineThreshold percentiles(double... percentiles) {
    if (percentiles.length == 0) throw new IllegalArgumentException("no percentiles");
    for (double percentile : percentiles) {
      if (percentile > 0 && percentile < 100) continue;
      throw new IllegalArgumentException("percentile not between 0 and 100: " + percentile);
    }
    return new BaselineThreshold(
        terms.withPercentiles(Arrays.stream(percentiles).boxed().toList()));
  }

  @Override
  public BaselineThreshold label(String label) {
    if (label.isEmpty()) throw new IllegalArgumentException("label is empty");
    return new BaselineThreshold(terms.withLabel(label));
  }

  @Override
  public BaselineThreshold response() {
    return new BaselineThreshold(terms.withTiming(Timing.RESPONSE));
  }

  @Override
  public BaselineThreshold service() {
    return new BaselineThreshold(terms.withTiming(Timing.SERVICE));
  }

  @Override
  public BaselineThreshold abort() {
    throw new UnsupportedOperationException(
        '"' + toString() + "\": whole runs are compared, so it cannot end one early");
  }

  @Override
  public boolean requiresSchedule() {
    return terms.timing == Timing.RESPONSE;
  }

  @Override
  boolean isOn(ThresholdMetric metric) {
    return false; // what has failed is in no percentile
  }

  @Override
  boolean covers(String transaction) {
    return terms.label == null || terms.label.equals(transaction);
  }

  @Override
  public boolean aborts() {
    return false;
  }

  @Override
  @Nullable Verdict soFar(RunRecorder recorder, Duration age, long minSamples) {
    return null;
  }

  @Override
  public Verdict judge(RunResult result) {
    Summary now = Labels.find(result, terms.label);
    if (now == null) return verdict(false, Labels.neverSeen(result, terms.label));
    List<BaselineFigures> before = before();
    if (before.isEmpty()) return verdict(false, notInBaseline());
    return switch (terms.timing) {
      case SERVICE -> compareService(now, before);
      case RESPONSE -> compareResponse(now, before);
      case EITHER ->
          now.hasSchedule() && scheduled(before).size() == before.size()
              ? compareResponse(now, before)
              : compareService(now, before);
    };
  }

  private List<BaselineFigures> before() {
    return terms.baseline.runs().stream()
        .map(run -> run.find(terms.label))
        .filter(Objects::nonNull)
        .toList();
  }

  private String notInBaseline() {
    TreeSet<String> labels = new TreeSet<>();
    terms.baseline.runs().forEach(run -> labels.addAll(run.labels()));
    return terms.label
        + " is not in the baseline, "
        + (labels.isEmpty() ? "nor is anything else" : "only " + Labels.listed(labels));
  }

  private static List<SlicedLatencies> scheduled(List<BaselineFigures> figures) {
    return figures.stream().map(BaselineFigures::response).filter(Objects::nonNull).toList();
  }

  private Verdict compareResponse(Summary now, List<BaselineFigures> before) {
    List<SlicedLatencies> scheduled = scheduled(before);
    if (!now.hasSchedule()) return verdict(false, "the run had no schedule");
    if (scheduled.isEmpty()) return verdict(false, "the baseline had no schedule");
    return compare("response times: ", SlicedLatencies.response(now), scheduled);
  }

  private Verdict compareService(Summary now, List<BaselineFigures> before) {
    List<SlicedLatencies> service = before.stream().map(BaselineFigures::service).toList();
    boolean both = now.hasSchedule() || !scheduled(before).isEmpty();
    return compare(both ? "service times: " : "", SlicedLatencies.service(now), service);
  }

  private Verdict compare(String times, SlicedLatencies now, List<SlicedLatencies> before) {
    BaselineComparison comparison = new BaselineComparison(now, before, terms.tolerance);
    List<Finding> findings = terms.percentiles.stream().map(comparison::of).toList();
    boolean worse = findings.stream().anyMatch(each -> each.outcome() == Outcome.WORSE);
    boolean unknown = findings.stream().allMatch(each -> each.outcome() == Outcome.UNKNOWN);
    String text = findings.stream().map(Finding::text).collect(Collectors.joining("; "));
    return verdict(!worse && !unknown, times + text + advice(before.size()));
  }

  private static String advice(int runs) {
    if (runs >= FEW_RUNS) return "";
    return "; a baseline of " + (runs == 1 ? "1 run" : runs + " runs") + " tells little, take 5";
  }

  private Verdict verdict(boolean passed, String measured) {
    return new Verdict(toString(), passed, measured, false);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof BaselineThreshold that && terms.equals(that.terms);
  }

  @Override
  public int hashCode() {
    return terms.hashCode();
  }

  @Override
  public String toString() {
    return terms.text();
  }
}
