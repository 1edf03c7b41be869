package dev.broadside.users;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What both kinds of profiles do to their stages. */
final class Stages {
  private Stages() {}

  static List<Stage> with(List<Stage> stages, Stage next) {
    List<Stage> more = new ArrayList<>(stages);
    more.add(next);
    return List.copyOf(more);
  }

  static List<Stage> held(List<Stage> stages, Duration time) {
    if (stages.isEmpty()) throw new IllegalStateException("nothing to hold: go to a level first");
    List<Stage> more = new ArrayList<>(stages);
    more.set(more.size() - 1, more.get(more.size() - 1).longer(time));
    return List.copyOf(more);
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
