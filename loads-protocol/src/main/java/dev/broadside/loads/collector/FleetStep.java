package dev.broadside.loads.collector;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One step of a run: so many users at once, each a process (docs/protocols.md 2.6).
 *
 * @param number counts from 1
 * @param users how many users
 * @param hits how many hits each of them makes; 0 where a duration says when they end
 * @param duration how long they go on; null where they count hits
 */
record FleetStep(int number, int users, int hits, @Nullable Duration duration) {
  private static final Duration DURATION_GRACE = Duration.ofSeconds(2);
  private static final int SECONDS_EACH_HIT = 2;

  /** The steps of these lists; the last value of the shorter one is repeated. */
  static List<FleetStep> of(List<Integer> users, List<Integer> hits, @Nullable Duration duration) {
    List<FleetStep> steps = new ArrayList<>();
    int count = duration != null ? users.size() : Math.max(users.size(), hits.size());
    for (int i = 0; i < count; i++) {
      int wanted = duration != null ? 0 : valueAt(hits, i);
      steps.add(new FleetStep(i + 1, valueAt(users, i), wanted, duration));
    }
    return steps;
  }

  private static int valueAt(List<Integer> values, int i) {
    return values.get(Math.min(i, values.size() - 1));
  }

  /** How long its users go on; where they count hits, how long they may. */
  Duration length() {
    return duration != null ? duration : limit();
  }

  /** How long its processes may take, counted from before they are started. */
  Duration limit() {
    if (duration != null) return duration.plus(DURATION_GRACE);
    return Duration.ofSeconds((long) SECONDS_EACH_HIT * hits);
  }
}
