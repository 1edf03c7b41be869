package dev.broadside;

import dev.broadside.metrics.UserCount;
import dev.broadside.users.ClosedProfile;
import dev.broadside.users.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The users of one closed profile as a line. Between two of its points it is straight; two at one
 * time are a step.
 */
record UserLine(List<UserCount> points) {
  static UserLine of(ClosedProfile profile) {
    UserLine endless = ofStages(profile.stages());
    Duration length = profile.length();
    return length == null ? endless : endless.endingAt(length);
  }

  private static UserLine ofStages(List<Stage> stages) {
    List<UserCount> points = new ArrayList<>();
    UserCount last = new UserCount(Duration.ZERO, 0);
    points.add(last);
    for (Stage stage : stages) {
      UserCount there = new UserCount(last.at().plus(stage.ramp()), stage.level());
      last = new UserCount(there.at().plus(length(stage)), stage.level());
      points.add(there);
      points.add(last);
    }
    return new UserLine(points);
  }

  private static Duration length(Stage stage) {
    Duration hold = stage.hold();
    return hold == null ? Duration.ZERO : hold;
  }

  private UserLine endingAt(Duration end) {
    List<UserCount> kept = new ArrayList<>();
    points.stream().filter(point -> point.at().compareTo(end) < 0).forEach(kept::add);
    kept.add(new UserCount(end, before(end)));
    kept.add(new UserCount(end, 0));
    return new UserLine(kept);
  }

  List<Duration> changes() {
    return points.stream().map(UserCount::at).toList();
  }

  /** How many there are until this moment, which is not the first. */
  double before(Duration at) {
    int next = 0;
    while (next < points.size() && points.get(next).at().compareTo(at) < 0) next++;
    return next == 0 ? points.get(0).users() : between(next, at);
  }

  /** How many there are from this moment on. */
  double after(Duration at) {
    int next = 0;
    while (next < points.size() && points.get(next).at().compareTo(at) <= 0) next++;
    return between(next, at);
  }

  /** On the way to this point from the one before it; beyond the last nothing changes. */
  private double between(int next, Duration at) {
    UserCount from = points.get(next - 1);
    if (next == points.size()) return from.users();
    UserCount to = points.get(next);
    double way = (double) to.at().minus(from.at()).toNanos();
    double done = at.minus(from.at()).toNanos() / way;
    return from.users() + (to.users() - from.users()) * done;
  }
}
