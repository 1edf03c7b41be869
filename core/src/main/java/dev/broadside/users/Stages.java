package dev.broadside.users;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What both kinds of profiles do to their stages. */
final class Stages {
  private static final Duration LONGEST = Duration.ofDays(36_525);

  private Stages() {}

  static List<Stage> with(List<Stage> stages, Stage next) {
    List<Stage> more = new ArrayList<>(stages);
    more.add(next);
    return checked(more);
  }

  static List<Stage> held(List<Stage> stages, Duration time) {
    if (stages.isEmpty()) throw new IllegalStateException("nothing to hold: go to a level first");
    List<Stage> more = new ArrayList<>(stages);
    more.set(more.size() - 1, more.get(more.size() - 1).longer(time));
    return checked(more);
  }

  private static List<Stage> checked(List<Stage> stages) {
    Duration length = stages.stream().map(Stage::length).reduce(Duration.ZERO, Duration::plus);
    checked(length);
    return List.copyOf(stages);
  }

  /** A time that can be counted in nanoseconds. */
  static Duration checked(Duration length) {
    if (length.compareTo(LONGEST) <= 0) return length;
    throw new IllegalArgumentException(
        "the profile lasts for " + length.toDays() + " days; expected a hundred years at most");
  }

  /** Up at once, held, back at once to where it was. */
  static List<Stage> spiked(List<Stage> stages, double level, Duration time) {
    double before = stages.isEmpty() ? 0 : stages.get(stages.size() - 1).level();
    List<Stage> up = with(stages, new Stage(level, Duration.ZERO, time));
    return with(up, new Stage(before, Duration.ZERO, null));
  }

  /** How long they take; null if the last level goes on. */
  static @Nullable Duration length(List<Stage> stages) {
    if (stages.isEmpty() || !stages.get(stages.size() - 1).canEnd()) return null;
    return stages.stream().map(Stage::length).reduce(Duration.ZERO, Duration::plus);
  }
}
