package dev.broadside.oct.results;

import dev.broadside.metrics.UserCount;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How many cannons should be firing over the time of a run, since no turret tells: the sum over all
 * turrets. It rises in lines, which meet the count at the start of each cannon.
 */
public final class ExpectedCannons {
  private static final int MAX_TIMES = 300;
  private static final long MILLI = 1_000_000;

  private final SortedMap<Long, Change> changes = new TreeMap<>();
  private final long endNanos;
  private final long gridNanos;

  /** What happens to the sum at one moment. */
  private static final class Change {
    double step;
    double slope;
  }

  private ExpectedCannons(long endNanos, long gridNanos) {
    this.endNanos = endNanos;
    this.gridNanos = gridNanos;
  }

  /** How many at this moment, counted from the beginning of the run. */
  public static long at(List<CannonRamp> ramps, Duration now) {
    return ramps.stream().mapToLong(ramp -> ramp.at(now.toNanos())).sum();
  }

  /** Their course, to the millisecond; when there are very many turrets, to less. */
  public static List<UserCount> over(List<CannonRamp> ramps, Duration duration) {
    ExpectedCannons fine = sum(ramps, duration.toNanos(), MILLI);
    if (fine.changes.size() <= MAX_TIMES) return fine.course();
    return sum(ramps, duration.toNanos(), duration.toNanos() / MAX_TIMES + 1).course();
  }

  private static ExpectedCannons sum(List<CannonRamp> ramps, long endNanos, long gridNanos) {
    ExpectedCannons sum = new ExpectedCannons(endNanos, gridNanos);
    ramps.forEach(sum::add);
    return sum;
  }

  private void add(CannonRamp ramp) {
    long start = onGrid(ramp.startNanos());
    long end = ramp.endNanos() < endNanos ? onGrid(ramp.endNanos()) : endNanos;
    if (ramp.cannons() == 0 || start >= end) return;
    long full = onGrid(ramp.fullNanos());
    if (full == start) step(start, end, ramp.cannons());
    else rise(start, full, end, ramp.cannons());
  }

  private void step(long start, long end, int cannons) {
    change(start, cannons, 0);
    change(end, -cannons, 0);
  }

  private void rise(long start, long full, long end, int cannons) {
    double slope = (cannons - 1.0) / (full - start);
    long top = Math.min(full, end);
    change(start, 1, slope);
    change(top, 0, -slope);
    change(end, -(1 + slope * (top - start)), 0);
  }

  private long onGrid(long nanos) {
    return Math.max(0, nanos - nanos % gridNanos);
  }

  private void change(long nanos, double step, double slope) {
    if (nanos >= endNanos) return; // a run's end ends them all
    Change change = changes.computeIfAbsent(nanos, at -> new Change());
    change.step += step;
    change.slope += slope;
  }

  private List<UserCount> course() {
    if (changes.isEmpty()) return List.of();
    List<UserCount> course = new ArrayList<>();
    double sum = 0;
    double slope = 0;
    long last = 0;
    for (Map.Entry<Long, Change> entry : changes.entrySet()) {
      sum += slope * (entry.getKey() - last);
      last = entry.getKey();
      if (last > 0) course.add(point(last, sum));
      sum += entry.getValue().step;
      course.add(point(last, sum));
      slope += entry.getValue().slope;
    }
    course.add(point(endNanos, sum + slope * (endNanos - last)));
    return course.stream().distinct().toList();
  }

  /** Without the last digits, which are of the sum's making. */
  private static UserCount point(long nanos, double users) {
    return new UserCount(Duration.ofNanos(nanos), Math.max(0, Math.rint(users * 1000) / 1000));
  }
}
