package dev.broadside.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a baseline keeps of one run.
 *
 * @param started when it began
 * @param duration how long it went on
 */
record BaselineRun(
    Instant started,
    Duration duration,
    BaselineFigures all,
    Map<String, BaselineFigures> transactions,
    Map<String, BaselineFigures> timers) {
  BaselineRun {
    transactions = Collections.unmodifiableMap(new LinkedHashMap<>(transactions));
    timers = Collections.unmodifiableMap(new LinkedHashMap<>(timers));
  }

  static BaselineRun of(RunResult result) {
    return new BaselineRun(
        result.started(),
        result.duration(),
        BaselineFigures.of(result.all()),
        figures(result.transactions()),
        figures(result.timers()));
  }

  private static Map<String, BaselineFigures> figures(Map<String, Summary> summaries) {
    Map<String, BaselineFigures> figures = new LinkedHashMap<>();
    summaries.forEach((label, summary) -> figures.put(label, BaselineFigures.of(summary)));
    return figures;
  }

  /** Those of a transaction, else of a timer, else null; without a label, of all. */
  @Nullable BaselineFigures find(@Nullable String label) {
    return label == null ? all : Labels.transactionElseTimer(label, transactions, timers);
  }

  Collection<String> labels() {
    Collection<String> labels = new TreeSet<>(transactions.keySet());
    labels.addAll(timers.keySet());
    return labels;
  }
}
