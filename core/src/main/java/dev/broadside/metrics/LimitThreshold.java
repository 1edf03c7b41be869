package dev.broadside.metrics;

import dev.broadside.metrics.ThresholdTerms.Timing;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A threshold that sets a limit to one figure. */
final class LimitThreshold extends Threshold {
  private final ThresholdTerms terms;
  private final String text;

  LimitThreshold(ThresholdTerms terms, String text) {
    this.terms = terms;
    this.text = text;
    String fault = terms.fault();
    if (fault != null) throw ThresholdParser.fault(text, fault);
  }

  LimitThreshold(ThresholdTerms terms) {
    this(terms, terms.text());
  }

  /** That there is none of it. */
  static LimitThreshold none(ThresholdMetric metric) {
    return new LimitThreshold(
        new ThresholdTerms(null, Timing.EITHER, metric, 0, Comparison.AT_MOST, 0, false));
  }

  /** The same, which says that nobody asked for it. */
  LimitThreshold byDefault() {
    return new LimitThreshold(terms, text + " (by default)");
  }

  @Override
  public LimitThreshold label(String label) {
    if (label.isEmpty()) throw new IllegalArgumentException("label is empty");
    return new LimitThreshold(terms.withLabel(label));
  }

  @Override
  public LimitThreshold response() {
    return new LimitThreshold(terms.withTiming(Timing.RESPONSE));
  }

  @Override
  public LimitThreshold service() {
    return new LimitThreshold(terms.withTiming(Timing.SERVICE));
  }

  @Override
  public LimitThreshold abort() {
    return new LimitThreshold(terms.withAbort());
  }

  @Override
  public boolean requiresSchedule() {
    return terms.timing() == Timing.RESPONSE || terms.metric().requiresSchedule();
  }

  @Override
  boolean isOn(ThresholdMetric metric) {
    return terms.metric() == metric;
  }

  @Override
  boolean covers(String transaction) {
    return terms.label() == null || terms.label().equals(transaction);
  }

  @Override
  public boolean aborts() {
    return terms.abort();
  }

  @Override
  public Verdict judge(RunResult result) {
    String label = terms.label();
    Summary summary = Labels.find(result, label);
    return summary == null ? verdict(false, Labels.neverSeen(result, label)) : judge(summary);
  }

  @Override
  @Nullable Verdict soFar(RunRecorder recorder, Duration age, long minSamples) {
    String label = terms.label();
    Summary summary = label == null ? recorder.all(age) : recorder.label(label, age);
    if (summary == null || terms.metric().samples(summary) < minSamples) return null;
    return judge(summary);
  }

  private Verdict judge(Summary summary) {
    String missing = missing(summary);
    if (missing != null) return verdict(false, missing);
    double measured = terms.measure(summary);
    boolean passed = terms.comparison().holds(measured, terms.limit());
    return verdict(passed, terms.metric().quantity.measured(measured, terms.limit()));
  }

  /** What keeps it from being judged, in words; null if nothing does. */
  private @Nullable String missing(Summary summary) {
    if (!requiresSchedule() || summary.hasSchedule()) return terms.metric().missing(summary);
    return (terms.label() == null ? "the run" : terms.label()) + " had no schedule";
  }

  private Verdict verdict(boolean passed, String measured) {
    return new Verdict(text, passed, measured, aborts());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof LimitThreshold that && terms.equals(that.terms);
  }

  @Override
  public int hashCode() {
    return terms.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
