package dev.broadside.users;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.StringJoiner;
import java.util.function.DoubleFunction;
import java.util.stream.Collectors;
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
    checked(sum(stages));
    return List.copyOf(stages);
  }

  private static Duration sum(List<Stage> stages) {
    return stages.stream().map(Stage::length).reduce(Duration.ZERO, Duration::plus);
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
    return sum(stages);
  }

  static Duration positive(Duration duration) {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException("duration <= 0: " + duration);
    }
    return checked(duration);
  }

  static OptionalLong positive(long iterations) {
    if (iterations < 1) throw new IllegalArgumentException("iterations < 1: " + iterations);
    return OptionalLong.of(iterations);
  }

  /** As people read it: {@code 50 users over 10s, held 1m; 0 users}. */
  static String text(List<Stage> stages, DoubleFunction<String> unit) {
    if (stages.isEmpty()) return "0" + unit.apply(0);
    return stages.stream().map(stage -> text(stage, unit)).collect(Collectors.joining("; "));
  }

  private static String text(Stage stage, DoubleFunction<String> unit) {
    String level = BigDecimal.valueOf(stage.level()).stripTrailingZeros().toPlainString();
    String ramp = stage.ramp().isZero() ? "" : " over " + LoadUnits.text(stage.ramp());
    return level
        + unit.apply(stage.level())
        + ramp
        + (stage.hold() == null ? "" : ", held " + LoadUnits.text(stage.hold()));
  }

  static void addEnd(StringJoiner text, @Nullable Duration duration, OptionalLong iterations) {
    iterations.ifPresent(count -> text.add(count + " iterations"));
    if (duration != null) text.add("ends after " + LoadUnits.text(duration));
  }
}
