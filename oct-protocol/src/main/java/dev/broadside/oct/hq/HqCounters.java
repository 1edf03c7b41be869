package dev.broadside.oct.hq;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/** What a headquarters counts besides results, since it was built. Thread-safe. */
final class HqCounters {
  /** What is counted, and how it is called in a {@code RunResult}. */
  enum Counter {
    /** Messages that are neither result nor status. */
    MALFORMED("malformed"),
    /** Results that arrived while no run went on. */
    OUTSIDE_A_RUN("refused outside a run"),
    /** Results that are older than the run. */
    OF_AN_EARLIER_RUN("refused as of an earlier run"),
    /** Statuses of turrets for which the roster had no room. */
    UNLISTED("statuses of unlisted turrets"),
    /** Results that could not be published as fast as they came. */
    LIVE_DROPPED("live results dropped"),
    /** Exceptions of the user's listeners. */
    LISTENER_FAILURES("listener failures");

    private final String label;

    Counter(String label) {
      this.label = label;
    }
  }

  private final Map<Counter, AtomicLong> counts = new EnumMap<>(Counter.class);

  HqCounters() {
    for (Counter counter : Counter.values()) counts.put(counter, new AtomicLong());
  }

  /** Counts one more. */
  void add(Counter counter) {
    at(counter).incrementAndGet();
  }

  private AtomicLong at(Counter counter) {
    return Objects.requireNonNull(counts.get(counter));
  }

  /** All of them by name. */
  Map<String, Long> counts() {
    Map<String, Long> byName = new LinkedHashMap<>();
    for (Counter counter : Counter.values()) byName.put(counter.label, at(counter).get());
    return byName;
  }

  /** What came to those of an earlier moment. */
  Map<String, Long> since(Map<String, Long> earlier) {
    Map<String, Long> difference = counts();
    difference.replaceAll((name, count) -> count - earlier.getOrDefault(name, 0L));
    return difference;
  }
}
