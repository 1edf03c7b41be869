package dev.broadside.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Collects the measurements of one run. Thread-safe: a lock that is hardly ever contended guards
 * it; {@link #count} and {@link #failures} take none.
 *
 * <p>Memory is bounded: of each kind of name (labels, groups, timers, errors) so many are kept, and
 * what bears further ones adds up under {@code (other)}. Names are kept up to 1000 characters. A
 * series has at most 600 intervals for all transactions together, 100 for each label and timer;
 * when a run outlasts them, they become longer. Groups have none.
 */
public final class RunRecorder {
  private static final int MAX_INTERVALS = 600;
  private static final int MAX_LABEL_INTERVALS = 100;

  private final SummaryRecorder all;
  private final BoundedNames<SummaryRecorder> transactions;
  private final BoundedNames<SummaryRecorder> timers;
  private final BoundedNames<SummaryRecorder> groups;
  private final BoundedNames<ErrorRecorder> errors;
  private final AtomicLong count =
      new AtomicLong(); // written under the lock, so it need not contend
  private final AtomicLong failures = new AtomicLong();

  private RunRecorder(Builder settings) {
    long width = settings.intervalNanos;
    int maxLabels = settings.maxLabels;
    all = new SummaryRecorder(new SeriesRecorder(width, MAX_INTERVALS));
    transactions = new BoundedNames<>(maxLabels, () -> ofLabel(width));
    timers = new BoundedNames<>(maxLabels, () -> ofLabel(width));
    groups = new BoundedNames<>(maxLabels, () -> new SummaryRecorder(null));
    errors = new BoundedNames<>(maxLabels, ErrorRecorder::new);
  }

  private static SummaryRecorder ofLabel(long intervalNanos) {
    return new SummaryRecorder(new SeriesRecorder(intervalNanos, MAX_LABEL_INTERVALS));
  }

  /** A recorder that keeps up to 1000 names of each kind, in intervals of a second. */
  public static RunRecorder create() {
    return builder().build();
  }

  /** A recorder with other settings. */
  public static Builder builder() {
    return new Builder();
  }

  /** Counts one iteration: itself, and each of its timers under its own name. */
  public synchronized void record(Measurement measurement) {
    long end = measurement.endNanos();
    long service = measurement.serviceNanos();
    long response = measurement.responseNanos();
    boolean failed = measurement.failed();
    all.record(end, service, response, failed);
    transactions.at(measurement.label()).record(end, service, response, failed);
    groups.at(measurement.group()).record(end, service, response, failed);
    if (!measurement.timers().isEmpty()) recordTimers(measurement, end);
    if (measurement.isScheduled()) recordStart(measurement);
    if (measurement.error() != null) recordError(measurement, measurement.error());
    count.lazySet(count.getPlain() + 1);
  }

  private void recordStart(Measurement measurement) {
    all.started(measurement);
    transactions.at(measurement.label()).started(measurement);
    groups.at(measurement.group()).started(measurement);
  }

  /**
   * Counts arrivals that found no user free and never ran.
   *
   * @param label the transaction they were for; null if nobody knows, which counts them among all
   *     and their group only
   * @param group who was to run them; null if nobody knows
   */
  public synchronized void dropped(@Nullable String label, @Nullable String group, long count) {
    all.dropped(count);
    if (label != null) transactions.at(label).dropped(count);
    if (group != null) groups.at(group).dropped(count);
  }

  /**
   * Counts starts that still waited when the run ended.
   *
   * @param label the transaction they were for; null if nobody knows
   * @param group who was to run them; null if nobody knows
   * @param longestWait how long the first of them had waited
   */
  public synchronized void unstarted(
      @Nullable String label, @Nullable String group, long count, Duration longestWait) {
    long nanos = longestWait.toNanos();
    all.unstarted(count, nanos);
    if (label != null) transactions.at(label).unstarted(count, nanos);
    if (group != null) groups.at(group).unstarted(count, nanos);
  }

  private void recordTimers(Measurement measurement, long end) {
    for (Map.Entry<String, Long> timer : measurement.timers().entrySet()) {
      long nanos = timer.getValue();
      timers.at(timer.getKey()).record(end, nanos, nanos, measurement.failed());
    }
  }

  private void recordError(Measurement measurement, String text) {
    errors.at(text).record(measurement);
    failures.lazySet(failures.getPlain() + 1);
  }

  /** How many measurements were recorded. */
  public long count() {
    return count.get();
  }

  /** How many of them failed. */
  public long failures() {
    return failures.get();
  }

  /**
   * What ended in the last whole interval before this moment, of all transactions; before the first
   * is whole, in what there is of it.
   *
   * @param now counted from the beginning of the run
   */
  public synchronized RecentFigures recent(Duration now) {
    return all.recent(now.toNanos());
  }

  /**
   * What was recorded so far of all transactions, without its series.
   *
   * @param duration how long the run has gone on
   */
  public synchronized Summary all(Duration duration) {
    return all.figures("all", duration);
  }

  /**
   * What was recorded so far of one label, without its series: a transaction's, else a timer's;
   * null if none was seen.
   *
   * @param duration how long the run has gone on
   */
  public synchronized @Nullable Summary label(String label, Duration duration) {
    SummaryRecorder transaction = transactions.find(label);
    SummaryRecorder found = transaction == null ? timers.find(label) : transaction;
    return found == null ? null : found.figures(label, duration);
  }

  /**
   * What was recorded so far.
   *
   * @param started when the run began
   * @param duration how long it went on
   * @param counters what else was counted, in the order in which it is to be shown
   */
  public synchronized RunResult result(
      Instant started, Duration duration, Map<String, Long> counters) {
    return new RunResult(
        started,
        duration,
        all.summary("all", duration),
        summaries(transactions, duration),
        summaries(timers, duration),
        summaries(groups, duration),
        mostFrequentErrors(),
        counters,
        List.of(),
        List.of());
  }

  private static Map<String, Summary> summaries(
      BoundedNames<SummaryRecorder> recorders, Duration duration) {
    Map<String, Summary> summaries = new LinkedHashMap<>();
    recorders
        .sorted()
        .forEach((name, recorder) -> summaries.put(name, recorder.summary(name, duration)));
    return summaries;
  }

  private List<RunError> mostFrequentErrors() {
    return errors.sorted().entrySet().stream()
        .map(entry -> entry.getValue().error(entry.getKey()))
        .sorted(Comparator.comparingLong(RunError::count).reversed())
        .toList();
  }

  /** Settings of a {@link RunRecorder}. */
  public static final class Builder {
    private int maxLabels = 1000;
    private long intervalNanos = Duration.ofSeconds(1).toNanos();

    private Builder() {}

    /** How many names of each kind are kept; further ones add up. Default 1000. */
    public Builder maxLabels(int maxLabels) {
      if (maxLabels < 1) throw new IllegalArgumentException("maxLabels < 1: " + maxLabels);
      this.maxLabels = maxLabels;
      return this;
    }

    /** The length of an interval of the series, at first. Default 1 s. */
    public Builder interval(Duration interval) {
      if (interval.isNegative() || interval.isZero()) {
        throw new IllegalArgumentException("interval <= 0: " + interval);
      }
      this.intervalNanos = interval.toNanos();
      return this;
    }

    /** A recorder of nothing yet. */
    public RunRecorder build() {
      return new RunRecorder(this);
    }
  }
}
