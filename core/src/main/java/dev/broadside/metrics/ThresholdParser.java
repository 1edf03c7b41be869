package dev.broadside.metrics;

import dev.broadside.metrics.ThresholdTerms.Timing;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a threshold: {@code [label ":"] ["response" | "service"] metric op number [unit]
 * ["abort"]}.
 */
final class ThresholdParser {
  private static final Pattern LABEL = Pattern.compile("([^\\s:\"]+)\\s*:");
  private static final Pattern QUOTED_LABEL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)+)\"\\s*:");
  private static final Pattern COLON_AHEAD = Pattern.compile("(?=[^<>]*:)()");
  private static final Pattern TIMING = Pattern.compile("(response|service)\\b");
  private static final Pattern METRIC = Pattern.compile("([\\w-]+)");
  private static final Pattern PERCENTILE = Pattern.compile("\\(\\s*(\\d+(?:\\.\\d+)?)\\s*\\)");
  private static final Pattern SIGN = Pattern.compile("([<>=!]+)");
  private static final Pattern NUMBER = Pattern.compile("(-?\\d+(?:\\.\\d+)?)");
  private static final Pattern UNIT = Pattern.compile("(?!abort\\b)([^\\s\\d]\\S*)");
  private static final Pattern ABORT = Pattern.compile("abort(?=\\s|$)()");
  private static final Pattern ANY = Pattern.compile("(\\S+)");

  private final String text;
  private final Matcher matcher;
  private int position;

  ThresholdParser(String text) {
    this.text = text;
    this.matcher = ANY.matcher(text);
  }

  /**
   * What the text says.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  ThresholdTerms parse() {
    if (text.isBlank()) throw fault("a metric is expected, as in p(95) < 200ms or errors < 1%");
    String label = label();
    Timing timing = timing();
    ThresholdMetric metric = metric();
    double percentile = metric == ThresholdMetric.P ? percentile() : 0;
    Comparison comparison = comparison();
    double limit = metric.quantity.limit(number(comparison), unit(metric));
    boolean abort = next(ABORT) != null;
    requireEnd();
    return new ThresholdTerms(label, timing, metric, percentile, comparison, limit, abort);
  }

  private @Nullable String label() {
    String quoted = next(QUOTED_LABEL);
    if (quoted != null) return quoted.replaceAll("\\\\(.)", "$1");
    if (text.startsWith("\"", position)) {
      throw fault("a label in quotes ends with a quote and a colon, as in \"log in\": p(99) < 1s");
    }
    String label = next(LABEL);
    if (label != null && Timing.of(label) != null) throw colonAfterTiming(label);
    if (next(COLON_AHEAD) == null) return label;
    throw fault(
        "a label with a colon, a blank or a quote stands in double quotes, as in"
            + " \"log in\": p(99) < 1s");
  }

  private IllegalArgumentException colonAfterTiming(String word) {
    return fault(
        word
            + " takes no colon, as in "
            + word
            + " p(95) < 200ms; a label of that name stands in double quotes");
  }

  private Timing timing() {
    String word = next(TIMING);
    Timing timing = word == null ? null : Timing.of(word);
    return timing == null ? Timing.EITHER : timing;
  }

  private ThresholdMetric metric() {
    String word = next(METRIC);
    ThresholdMetric metric = word == null ? null : ThresholdMetric.of(word);
    if (metric != null) return metric;
    String found = word == null ? rest() : word;
    throw fault(found + " is not a metric; expected " + ThresholdMetric.NAMES);
  }

  private double percentile() {
    String number = next(PERCENTILE);
    if (number == null) throw fault("p needs a percentile from 0 to 100, as in p(95)");
    return Double.parseDouble(number);
  }

  private Comparison comparison() {
    Comparison comparison = Comparison.of(next(SIGN));
    if (comparison != null) return comparison;
    throw fault("<, <=, > or >= is expected between the metric and its limit");
  }

  private double number(Comparison comparison) {
    String number = next(NUMBER);
    if (number != null) return Double.parseDouble(number);
    throw fault("a number is expected after " + comparison.sign + ", not " + rest());
  }

  private double unit(ThresholdMetric metric) {
    String unit = next(UNIT);
    Quantity quantity = metric.quantity;
    Double size = quantity.unit(unit == null ? "" : unit);
    if (size != null) return size;
    if (unit == null || quantity == Quantity.COUNT) {
      throw fault(metric.word() + " " + quantity.need + " " + quantity.units);
    }
    throw fault(unit + " is not a unit of " + metric.word() + "; expected " + quantity.units);
  }

  private void requireEnd() {
    if (position < text.length()) {
      throw fault("only abort is expected behind the limit, not " + rest());
    }
  }

  /** What comes next, if it is of this kind; blanks around it are skipped. */
  private @Nullable String next(Pattern kind) {
    matcher.usePattern(kind).region(position, text.length());
    if (!matcher.lookingAt()) return null;
    MatchResult found = matcher.toMatchResult();
    position = found.end();
    skipBlanks();
    return found.group(1);
  }

  private void skipBlanks() {
    while (position < text.length() && Character.isWhitespace(text.charAt(position))) position++;
  }

  private String rest() {
    return position < text.length() ? text.substring(position) : "the end";
  }

  private IllegalArgumentException fault(String fault) {
    return fault(text, fault);
  }

  /** Quotes the threshold that is at fault. */
  static IllegalArgumentException fault(String text, String fault) {
    return new IllegalArgumentException('"' + text + "\": " + fault);
  }
}
