package dev.broadside.loads.collector;

import dev.broadside.metrics.RunError;
import dev.broadside.metrics.RunResult;
import dev.broadside.metrics.Summary;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What runners have reported of a run. Data only, immutable. Maps are in the order of their names;
 * where there were more names than the collector's bound, the last one is {@code (other)}.
 *
 * <p>In {@link #run} the transactions are the tests, timed from the arrival of their start to that
 * of their outcome, since their messages bear no time (too short where a runner's messages wait for
 * its connection or for a batch), the timers are the hits by URL, the groups are the agents, and
 * the errors are those of tests, as {@code class: message}. A hit is a success if its status is
 * from 100 to 399.
 *
 * @param run the figures; from the first message to the last
 * @param requests the hits alone: transactions are the URLs, groups the agents, and the errors the
 *     statuses of hits that were no success, as {@code HTTP 503}
 * @param tests what was reported of each test
 * @param sockets what was reported of sockets
 * @param counters the users' own counters
 * @param users how many users of all steps and agents have reported
 * @param malformed how many messages could not be read, whosever they were
 */
public record LoadsResult(
    RunResult run,
    RunResult requests,
    Map<String, TestCounts> tests,
    SocketCounts sockets,
    Map<String, Long> counters,
    int users,
    long malformed) {
  /** Copies the collections. */
  public LoadsResult {
    tests = Collections.unmodifiableMap(new LinkedHashMap<>(tests));
    counters = Collections.unmodifiableMap(new LinkedHashMap<>(counters));
  }

  /** All hits together. */
  public Summary hits() {
    return requests.all();
  }

  /** The statuses of hits that were no success, the most frequent first. */
  public List<RunError> badStatuses() {
    return requests.errors();
  }

  /** The hits by URL: count, percentiles, and failures, which are those that were no success. */
  public Map<String, Summary> hitsByUrl() {
    return requests.transactions();
  }

  /** How many tests have passed. */
  public long successes() {
    return tests.values().stream().mapToLong(TestCounts::successes).sum();
  }

  /** How many tests have failed by an assertion. */
  public long failures() {
    return tests.values().stream().mapToLong(TestCounts::failures).sum();
  }

  /** How many tests have failed by anything else. */
  public long errors() {
    return tests.values().stream().mapToLong(TestCounts::errors).sum();
  }

  /** How many tests were begun and not ended. */
  public long unfinished() {
    return tests.values().stream().mapToLong(TestCounts::unfinished).sum();
  }

  /** How many tests were ended without an outcome, as those whose assumption does not hold. */
  public long withoutOutcome() {
    return tests.values().stream().mapToLong(TestCounts::withoutOutcome).sum();
  }

  /** The share of hits that were a success, 0 to 1; 1 if there were none. */
  public static double successRate(Summary hits) {
    return hits.count() == 0 ? 1 : 1 - (double) hits.failures() / hits.count();
  }
}
