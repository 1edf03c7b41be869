package dev.broadside.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What came of a run. Data only, immutable. The maps are in the order of their names; where there
 * were more names than the run's bound, the last one is {@code (other)}.
 *
 * @param started when the run began
 * @param duration how long it went on
 * @param all all transactions together
 * @param transactions by label: the transaction's class; at a headquarters the turret's name
 * @param timers the custom timers by name
 * @param groups who fired: the turrets by name
 * @param errors the errors by text, the most frequent first
 * @param counters what was lost, refused or not as it should be, by name; what never happened is
 *     there with a zero
 * @param expectedUsers how many users should have been at work when; empty if nobody knows
 * @param verdicts what came of the thresholds, in their order
 * @param schedulerError how much later than intended iterations began though a user was free: what
 *     the generator itself costs; without values where there was no schedule
 * @param seeds what random draws began with, by what was drawn
 * @param notes what no figure tells
 */
public record RunResult(
    Instant started,
    Duration duration,
    Summary all,
    Map<String, Summary> transactions,
    Map<String, Summary> timers,
    Map<String, Summary> groups,
    List<RunError> errors,
    Map<String, Long> counters,
    List<UserCount> expectedUsers,
    List<Verdict> verdicts,
    Latencies schedulerError,
    Map<String, Long> seeds,
    List<RunNote> notes) {
  /** Copies the collections. */
  public RunResult {
    transactions = copy(transactions);
    timers = copy(timers);
    groups = copy(groups);
    errors = List.copyOf(errors);
    counters = copy(counters);
    expectedUsers = List.copyOf(expectedUsers);
    verdicts = List.copyOf(verdicts);
    seeds = copy(seeds);
    notes = List.copyOf(notes);
  }

  /** One that no generator of ours made: without its error, seeds and notes. */
  public RunResult(
      Instant started,
      Duration duration,
      Summary all,
      Map<String, Summary> transactions,
      Map<String, Summary> timers,
      Map<String, Summary> groups,
      List<RunError> errors,
      Map<String, Long> counters,
      List<UserCount> expectedUsers,
      List<Verdict> verdicts) {
    this(
        started,
        duration,
        all,
        transactions,
        timers,
        groups,
        errors,
        counters,
        expectedUsers,
        verdicts,
        Latencies.EMPTY,
        Map.of(),
        List.of());
  }

  /** The same with these counters. */
  public RunResult withCounters(Map<String, Long> counters) {
    return with(counters, expectedUsers, verdicts, schedulerError, seeds, notes);
  }

  /** The same with these users. */
  public RunResult withExpectedUsers(List<UserCount> users) {
    return with(counters, users, verdicts, schedulerError, seeds, notes);
  }

  /** The same with these verdicts. */
  public RunResult withVerdicts(List<Verdict> verdicts) {
    return with(counters, expectedUsers, verdicts, schedulerError, seeds, notes);
  }

  /** The same with what is known of its generator. */
  public RunResult withGenerator(
      Latencies schedulerError, Map<String, Long> seeds, List<RunNote> notes) {
    return with(counters, expectedUsers, verdicts, schedulerError, seeds, notes);
  }

  private RunResult with(
      Map<String, Long> counters,
      List<UserCount> users,
      List<Verdict> verdicts,
      Latencies schedulerError,
      Map<String, Long> seeds,
      List<RunNote> notes) {
    return new RunResult(
        started,
        duration,
        all,
        transactions,
        timers,
        groups,
        errors,
        counters,
        users,
        verdicts,
        schedulerError,
        seeds,
        notes);
  }

  /** Whether all thresholds hold, and no note says that the run failed. */
  public boolean passed() {
    return verdicts.stream().allMatch(Verdict::passed)
        && notes.stream().noneMatch(RunNote::failure);
  }

  private static <V> Map<String, V> copy(Map<String, V> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

  /**
   * The figures of one transaction.
   *
   * @throws IllegalArgumentException if none of this label was seen, naming those that were
   */
  public Summary transaction(String label) {
    return known("transaction", transactions, label);
  }

  /**
   * The figures of one custom timer.
   *
   * @throws IllegalArgumentException if none of this name was seen, naming those that were
   */
  public Summary timer(String name) {
    return known("timer", timers, name);
  }

  /**
   * The figures of one group.
   *
   * @throws IllegalArgumentException if none of this name was seen, naming those that were
   */
  public Summary group(String name) {
    return known("group", groups, name);
  }

  private static Summary known(String kind, Map<String, Summary> summaries, String name) {
    Summary summary = summaries.get(name);
    if (summary != null) return summary;
    throw new IllegalArgumentException(
        "no " + kind + " \"" + name + "\" was seen, only " + summaries.keySet());
  }
}
