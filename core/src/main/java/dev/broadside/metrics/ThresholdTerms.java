package dev.broadside.metrics;

import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a threshold says.
 *
 * @param label whose figures are meant; null for all
 * @param timing which time is meant, where it is on one
 * @param metric which figure
 * @param percentile of the metric {@code p(N)}
 * @param comparison with the limit
 * @param limit in the unit of the metric's quantity
 * @param abort whether the run ends early where it does not hold
 */
record ThresholdTerms(
    @Nullable String label,
    Timing timing,
    ThresholdMetric metric,
    double percentile,
    Comparison comparison,
    double limit,
    boolean abort) {
  private static final Pattern PLAIN_LABEL = Pattern.compile("[^\\s:\"]+");

  /** Which time a threshold is on. */
  enum Timing {
    /** Response time where there is a schedule, else service time. */
    EITHER(""),
    /** From the intended start. */
    RESPONSE("response"),
    /** The transaction's own. */
    SERVICE("service");

    final String word;

    Timing(String word) {
      this.word = word;
    }

    /** The one of this word; null if there is none. */
    static @Nullable Timing of(String word) {
      return Arrays.stream(values())
          .filter(timing -> timing != EITHER && timing.word.equals(word))
          .findFirst()
          .orElse(null);
    }

    /** Where there is no schedule, both are the same. */
    Latencies times(Summary summary) {
      return this == SERVICE ? summary.service() : summary.response();
    }
  }

  ThresholdTerms withLabel(String label) {
    return new ThresholdTerms(label, timing, metric, percentile, comparison, limit, abort);
  }

  ThresholdTerms withTiming(Timing timing) {
    return new ThresholdTerms(label, timing, metric, percentile, comparison, limit, abort);
  }

  ThresholdTerms withAbort() {
    return new ThresholdTerms(label, timing, metric, percentile, comparison, limit, true);
  }

  /** What is wrong with them, in words; null if nothing is. */
  @Nullable String fault() {
    if (!(percentile >= 0 && percentile <= 100)) {
      return "a percentile is between 0 and 100, as in p(99.9)";
    }
    if (timing != Timing.EITHER && metric.quantity != Quantity.TIME) {
      return timing.word + " goes with p(N), min, max and mean, which are times";
    }
    if (Double.isInfinite(limit)) return "no figure is so large";
    if (!(limit >= 0)) return "no " + metric.word() + " is below 0";
    if (!comparison.canHold(limit, metric.quantity.largest)) return "this can never hold";
    if (abort && metric == ThresholdMetric.COUNT && !comparison.isUpperBound()) {
      return "a count grows until the run ends, so abort goes with < and <= only";
    }
    return null;
  }

  /** The figure that it is on, in the unit of its quantity. */
  double measure(Summary summary) {
    return metric.measure(summary, timing.times(summary), percentile);
  }

  /** As the grammar has it. */
  String text() {
    StringBuilder text = new StringBuilder();
    if (label != null) text.append(quoted(label)).append(": ");
    if (timing != Timing.EITHER) text.append(timing.word).append(' ');
    text.append(metric.word());
    if (metric == ThresholdMetric.P) text.append('(').append(percent(percentile)).append(')');
    text.append(' ').append(comparison.sign).append(' ').append(metric.quantity.text(limit));
    return text.append(abort ? " abort" : "").toString();
  }

  /** A label as the grammar has it. */
  static String quoted(String label) {
    if (PLAIN_LABEL.matcher(label).matches() && Timing.of(label) == null) return label;
    return '"' + label.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /** A percentile as the grammar has it. */
  static String percent(double percentile) {
    String text = Quantity.SHARE.text(percentile);
    return text.substring(0, text.length() - 1);
  }
}
