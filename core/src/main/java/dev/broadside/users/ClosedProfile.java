package dev.broadside.users;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.StringJoiner;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A {@link LoadProfile} of users that each do one iteration after the other: where the server slows
 * down, so does the load. A user that has to leave finishes its iteration first. Made by {@link
 * LoadProfile#users} and {@link LoadProfile#closed}.
 */
public final class ClosedProfile implements LoadProfile {
  static final ClosedProfile NONE = new ClosedProfile();

  private List<Stage> stages = List.of();
  private @Nullable Duration duration;
  private Pace pace = Pace.NONE;
  private OptionalLong maxIterations = OptionalLong.empty();
  private OptionalLong iterationsPerUser = OptionalLong.empty();
  private OptionalLong seed = OptionalLong.empty();

  private ClosedProfile() {}

  private ClosedProfile with(Consumer<ClosedProfile> change) {
    ClosedProfile changed = new ClosedProfile();
    changed.stages = stages;
    changed.duration = duration;
    changed.pace = pace;
    changed.maxIterations = maxIterations;
    changed.iterationsPerUser = iterationsPerUser;
    changed.seed = seed;
    change.accept(changed);
    return changed;
  }

  private ClosedProfile with(List<Stage> stages) {
    return with(changed -> changed.stages = stages);
  }

  private ClosedProfile with(Pace pace) {
    return with(changed -> changed.pace = pace);
  }

  /** Goes to so many users, evenly over this time. */
  public ClosedProfile rampTo(int users, Duration time) {
    return with(Stages.with(stages, new Stage(users, time, null)));
  }

  /** Goes to so many users at once. */
  public ClosedProfile stepTo(int users) {
    return rampTo(users, Duration.ZERO);
  }

  /** Stays there for this time. */
  public ClosedProfile hold(Duration time) {
    return with(Stages.held(stages, time));
  }

  /** So many users at once for this time, then at once as many as before. */
  public ClosedProfile spike(int users, Duration time) {
    return with(Stages.spiked(stages, users, time));
  }

  /**
   * Every user begins an iteration each so often: the first when it is there, and the next intended
   * start is the one before plus this. A user that overran begins at once, until it has caught up.
   */
  public ClosedProfile pacing(Duration interval) {
    return pacing(interval, interval);
  }

  /** The same with an interval that is drawn evenly from this range, each time anew. */
  public ClosedProfile pacing(Duration least, Duration most) {
    return with(Pace.between(Pace.Kind.PACING, least, most));
  }

  /**
   * With a pacing: after an iteration that overran the interval counts from now, so nothing is
   * caught up, and there is no response time.
   */
  public ClosedProfile restart() {
    return with(pace.restarting());
  }

  /** Every user pauses so long after each iteration. Excludes a pacing. */
  public ClosedProfile thinkTime(Duration time) {
    return thinkTime(time, time);
  }

  /** The same with a pause that is drawn evenly from this range, each time anew. */
  public ClosedProfile thinkTime(Duration least, Duration most) {
    if (pace.kind() != Pace.Kind.NONE && pace.kind() != Pace.Kind.THINK_TIME) {
      throw new IllegalStateException("a profile has a pacing or a think time, not both");
    }
    return with(Pace.between(Pace.Kind.THINK_TIME, least, most));
  }

  /** Ends the run after so long, whatever the stages say; the last level is held until then. */
  public ClosedProfile duration(Duration duration) {
    Duration checked = Stages.positive(duration);
    return with(changed -> changed.duration = checked);
  }

  /** Ends the run after so many iterations of all users together. */
  public ClosedProfile iterations(long iterations) {
    OptionalLong checked = Stages.positive(iterations);
    return with(changed -> changed.maxIterations = checked);
  }

  /** Every user leaves after so many iterations of its own; the run ends when all have left. */
  public ClosedProfile iterationsPerUser(long iterations) {
    OptionalLong checked = Stages.positive(iterations);
    return with(changed -> changed.iterationsPerUser = checked);
  }

  /** What random draws begin with, so that a run can be repeated. */
  public ClosedProfile seed(long seed) {
    return with(changed -> changed.seed = OptionalLong.of(seed));
  }

  @Override
  public List<Stage> stages() {
    return stages;
  }

  @Override
  public @Nullable Duration length() {
    return duration != null ? duration : Stages.length(stages);
  }

  @Override
  public boolean hasEnd() {
    return LoadProfile.super.hasEnd() || iterationsPerUser.isPresent();
  }

  @Override
  public boolean hasSchedule() {
    return pace.isSchedule();
  }

  @Override
  public OptionalLong maxIterations() {
    return maxIterations;
  }

  /** How many iterations each user does; empty if they are not bounded. */
  public OptionalLong iterationsPerUser() {
    return iterationsPerUser;
  }

  @Override
  public OptionalLong seed() {
    return seed;
  }

  /** When its users begin their iterations. */
  Pace pace() {
    return pace;
  }

  /** How many users there are at most. */
  public int maxUsers() {
    return (int) stages.stream().mapToDouble(Stage::level).max().orElse(0);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ClosedProfile that && parts().equals(that.parts());
  }

  @Override
  public int hashCode() {
    return parts().hashCode();
  }

  private List<Object> parts() {
    return List.of(
        stages,
        Objects.requireNonNullElse(duration, Duration.ZERO),
        pace,
        maxIterations,
        iterationsPerUser,
        seed);
  }

  @Override
  public String toString() {
    StringJoiner text =
        new StringJoiner("; ").add(Stages.text(stages, users -> users == 1 ? " user" : " users"));
    if (pace.kind() != Pace.Kind.NONE) text.add(pace.toString());
    iterationsPerUser.ifPresent(count -> text.add(count + " iterations of each user"));
    Stages.addEnd(text, duration, maxIterations);
    seed.ifPresent(first -> text.add("seed " + first));
    return text.toString();
  }
}
