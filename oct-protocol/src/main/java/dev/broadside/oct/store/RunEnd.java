package dev.broadside.oct.store;

import dev.broadside.metrics.UserCount;
import dev.broadside.metrics.Verdict;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a database tells of a run after its last result. A run that was killed has none.
 *
 * @param duration how long it went on
 * @param counters what else was counted, in the order in which it is to be shown
 * @param expectedUsers how many users should have been at work when
 * @param skewMicros how far the turrets' clocks are off, by their names
 * @param verdicts what came of its thresholds
 */
public record RunEnd(
    Duration duration,
    Map<String, Long> counters,
    List<UserCount> expectedUsers,
    Map<String, Long> skewMicros,
    List<Verdict> verdicts) {
  /** Copies the collections. */
  public RunEnd {
    counters = Collections.unmodifiableMap(new LinkedHashMap<>(counters));
    expectedUsers = List.copyOf(expectedUsers);
    skewMicros = Map.copyOf(skewMicros);
    verdicts = List.copyOf(verdicts);
  }

  /** The same with these counters after its own. */
  RunEnd plus(Map<String, Long> further) {
    Map<String, Long> all = new LinkedHashMap<>(counters);
    all.putAll(further);
    return new RunEnd(duration, all, expectedUsers, skewMicros, verdicts);
  }
}
