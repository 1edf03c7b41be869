package dev.broadside;

import dev.broadside.metrics.UserCount;
import dev.broadside.users.ClosedProfile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** How many users the closed profiles of a run want together, at the moments of a change. */
final class ExpectedUsers {
  private final List<UserLine> lines;
  private final List<UserCount> counts = new ArrayList<>();

  private ExpectedUsers(List<UserLine> lines) {
    this.lines = lines;
  }

  /** From the beginning to the end of a run; empty where users come only as arrivals need them. */
  static List<UserCount> of(List<Load> loads, Duration end) {
    List<UserLine> lines = loads.stream().flatMap(ExpectedUsers::line).toList();
    return lines.isEmpty() ? List.of() : new ExpectedUsers(lines).until(end);
  }

  private static Stream<UserLine> line(Load load) {
    if (!(load.profile() instanceof ClosedProfile closed)) return Stream.empty();
    return Stream.of(UserLine.of(closed));
  }

  private List<UserCount> until(Duration end) {
    TreeSet<Duration> changes = new TreeSet<>();
    lines.forEach(line -> changes.addAll(line.changes()));
    counts.add(new UserCount(Duration.ZERO, after(Duration.ZERO)));
    changes.tailSet(Duration.ZERO, false).headSet(end).forEach(this::add);
    if (!end.isZero()) counts.add(new UserCount(end, before(end)));
    return counts;
  }

  private void add(Duration change) {
    double before = before(change);
    double after = after(change);
    counts.add(new UserCount(change, before));
    if (after != before) counts.add(new UserCount(change, after));
  }

  private double before(Duration at) {
    return lines.stream().mapToDouble(line -> line.before(at)).sum();
  }

  private double after(Duration at) {
    return lines.stream().mapToDouble(line -> line.after(at)).sum();
  }
}
