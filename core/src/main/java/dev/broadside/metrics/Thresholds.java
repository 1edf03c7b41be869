package dev.broadside.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The thresholds of a run that must not lose or fail anything unless it is allowed to. */
public final class Thresholds {
  private Thresholds() {}

  /**
   * These, and behind them what they say nothing of: {@code errors <= 0%} where anything ran, and
   * where there was a schedule {@code dropped <= 0%} and {@code unstarted <= 0%}. A figure that
   * they limit for some transactions only has its default for each of the others. Defaults say that
   * they are.
   *
   * @param result the run that they will judge
   */
  public static List<Threshold> withDefaults(List<Threshold> given, RunResult result) {
    List<Threshold> all = new ArrayList<>(given);
    List<String> seen = List.copyOf(result.transactions().keySet());
    if (!seen.isEmpty()) all.addAll(defaults(ThresholdMetric.ERRORS, given, seen));
    if (!result.all().hasSchedule()) return all;
    all.addAll(defaults(ThresholdMetric.DROPPED, given, scheduled(result)));
    all.addAll(defaults(ThresholdMetric.UNSTARTED, given, scheduled(result)));
    return all;
  }

  private static List<String> scheduled(RunResult result) {
    return result.transactions().entrySet().stream()
        .filter(entry -> entry.getValue().hasSchedule())
        .map(Map.Entry::getKey)
        .toList();
  }

  private static List<LimitThreshold> defaults(
      ThresholdMetric metric, List<Threshold> given, List<String> transactions) {
    LimitThreshold none = LimitThreshold.none(metric);
    List<Threshold> onIt = given.stream().filter(each -> each.isOn(metric)).toList();
    if (onIt.isEmpty()) return List.of(none.byDefault());
    return transactions.stream()
        .filter(transaction -> onIt.stream().noneMatch(each -> each.covers(transaction)))
        .map(transaction -> none.label(transaction).byDefault())
        .toList();
  }
}
