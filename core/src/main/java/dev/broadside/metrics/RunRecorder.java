package dev.broadside.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Collects the measurements of one run. One thread gives them in and, or after it, asks for the
 * {@link #result}; {@link #count} and {@link #failures} may be read by any thread meanwhile.
 *
 * <p>Memory is bounded: of each kind of name (labels, groups, timers, errors) so many are kept, and
 * what bears further ones adds up under {@code (other)}. Names are kept up to 1000 characters.
 */
public final class RunRecorder {
  private static final int DEFAULT_MAX_LABELS = 1000;

  private final BoundedNames<SummaryRecorder> transactions;
  private final BoundedNames<SummaryRecorder> timers;
  private final BoundedNames<SummaryRecorder> groups;
  private final BoundedNames<ErrorRecorder> errors;
  private final AtomicLong count = new AtomicLong(); // one thread writes, so it need not contend
  private final AtomicLong failures = new AtomicLong();

  private RunRecorder(int maxLabels) {
    transactions = new BoundedNames<>(maxLabels, SummaryRecorder::new);
    timers = new BoundedNames<>(maxLabels, SummaryRecorder::new);
    groups = new BoundedNames<>(maxLabels, SummaryRecorder::new);
    errors = new BoundedNames<>(maxLabels, ErrorRecorder::new);
  }

  /** A recorder that keeps up to 1000 names of each kind. */
  public static RunRecorder create() {
    return new RunRecorder(DEFAULT_MAX_LABELS);
  }

  /**
   * A recorder that keeps up to so many names of each kind, and {@code (other)}.
   *
   * @param maxLabels 1 or more
   */
  public static RunRecorder create(int maxLabels) {
    if (maxLabels < 1) throw new IllegalArgumentException("maxLabels < 1: " + maxLabels);
    return new RunRecorder(maxLabels);
  }

  /** Counts one iteration: itself, and each of its timers under its own name. */
  public void record(Measurement measurement) {
    boolean failed = measurement.failed();
    long nanos = measurement.serviceNanos();
    transactions.at(measurement.label()).record(nanos, failed);
    groups.at(measurement.group()).record(nanos, failed);
    if (!measurement.timers().isEmpty()) recordTimers(measurement.timers(), failed);
    if (measurement.error() != null) recordError(measurement.error(), measurement.endNanos());
    count.lazySet(count.getPlain() + 1);
  }

  private void recordTimers(Map<String, Long> nanosByName, boolean failed) {
    for (Map.Entry<String, Long> timer : nanosByName.entrySet()) {
      timers.at(timer.getKey()).record(timer.getValue(), failed);
    }
  }

  private void recordError(String text, long nanos) {
    errors.at(text).record(nanos);
    failures.lazySet(failures.getPlain() + 1);
  }

  /** How many measurements were recorded. Any thread may ask. */
  public long count() {
    return count.get();
  }

  /** How many of them failed. Any thread may ask. */
  public long failures() {
    return failures.get();
  }

  /**
   * What was recorded so far.
   *
   * @param started when the run began
   * @param duration how long it went on
   * @param counters what else was counted, in the order in which it is to be shown
   */
  public RunResult result(Instant started, Duration duration, Map<String, Long> counters) {
    Map<String, Summary> byLabel = summaries(transactions, duration);
    return new RunResult(
        started,
        duration,
        total(byLabel, duration),
        byLabel,
        summaries(timers, duration),
        summaries(groups, duration),
        mostFrequentErrors(),
        counters);
  }

  private static Map<String, Summary> summaries(
      BoundedNames<SummaryRecorder> recorders, Duration duration) {
    Map<String, Summary> summaries = new LinkedHashMap<>();
    recorders
        .sorted()
        .forEach((name, recorder) -> summaries.put(name, recorder.summary(name, duration)));
    return summaries;
  }

  private static Summary total(Map<String, Summary> summaries, Duration duration) {
    Summary nothing = new Summary("all", Latencies.EMPTY, Latencies.EMPTY, duration);
    return summaries.values().stream().reduce(nothing, Summary::plus);
  }

  private List<RunError> mostFrequentErrors() {
    return errors.sorted().entrySet().stream()
        .map(entry -> entry.getValue().error(entry.getKey()))
        .sorted(Comparator.comparingLong(RunError::count).reversed())
        .toList();
  }
}
