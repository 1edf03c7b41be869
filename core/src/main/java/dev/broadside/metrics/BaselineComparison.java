package dev.broadside.metrics;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Compares the times of a run with those of earlier ones, a percentile at a time. */
final class BaselineComparison {
  private final SlicedLatencies now;
  private final List<SlicedLatencies> before;
  private final double tolerance;

  /**
   * With these runs.
   *
   * @param before one or more
   * @param tolerance how much worse than the worst of them is no fault, in percent
   */
  BaselineComparison(SlicedLatencies now, List<SlicedLatencies> before, double tolerance) {
    this.now = now;
    this.before = before;
    this.tolerance = tolerance;
  }

  /** What came of a percentile. */
  enum Outcome {
    HOLDS,
    WORSE,
    UNKNOWN
  }

  /**
   * What came of a percentile.
   *
   * @param text the same in words
   */
  record Finding(Outcome outcome, String text) {}

  Finding of(double percentile) {
    String name = "p(" + ThresholdTerms.percent(percentile) + ")";
    String missing = missing(percentile);
    if (missing != null) return new Finding(Outcome.UNKNOWN, name + " is unknown: " + missing);
    SlicedQuantile measured = now.quantile(percentile);
    SlicedQuantile worst =
        before.stream()
            .filter(run -> run.missing(percentile) == null)
            .map(run -> run.quantile(percentile))
            .max(Comparator.comparingDouble(SlicedQuantile::nanos))
            .orElseThrow();
    return finding(name, measured, worst);
  }

  private @Nullable String missing(double percentile) {
    String missing = now.missing(percentile);
    if (missing != null) return "the run " + missing;
    List<@Nullable String> others = before.stream().map(run -> run.missing(percentile)).toList();
    return others.stream().anyMatch(Objects::isNull) ? null : "the baseline " + others.get(0);
  }

  private Finding finding(String name, SlicedQuantile measured, SlicedQuantile worst) {
    String time = name + ' ' + Quantity.TIME.measured(measured.nanos(), worst.nanos());
    String old = Quantity.TIME.measured(worst.nanos(), measured.nanos());
    if (!measured.exceeds(worst, tolerance)) {
      return new Finding(Outcome.HOLDS, time + " against " + old);
    }
    double percent = 100 * (measured.nanos() / worst.nanos() - 1);
    String grown = time + " is " + Quantity.SHARE.measured(percent, tolerance) + " above " + old;
    return measured.isBeyondChance(worst)
        ? new Finding(Outcome.WORSE, grown)
        : new Finding(Outcome.HOLDS, grown + ", which may be chance");
  }
}
