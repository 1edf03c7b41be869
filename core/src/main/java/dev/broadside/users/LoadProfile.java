package dev.broadside.users;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How much load, and when: so many users at once ({@link ClosedProfile}), or so many arrivals in a
 * second, whoever serves them ({@link OpenProfile}). It is a row of stages: each goes to a level,
 * at once or in a ramp, and may hold it. A profile ends with its last hold, or where a ramp or a
 * step comes down to zero; otherwise the last level goes on until something else ends the run.
 * Immutable: every method gives another profile.
 *
 * <pre>{@code
 * LoadProfile.users(50).hold(ofMinutes(1))
 * LoadProfile.closed().rampTo(50, ofSeconds(10)).hold(ofMinutes(1)).rampTo(0, ofSeconds(10))
 * LoadProfile.rate(500).hold(ofMinutes(1))
 * }</pre>
 */
public sealed interface LoadProfile permits ClosedProfile, OpenProfile {
  /** So many users at once. */
  static ClosedProfile users(int users) {
    return closed().stepTo(users);
  }

  /** No users yet: ramps and steps are to follow. */
  static ClosedProfile closed() {
    return ClosedProfile.NONE;
  }

  /** So many arrivals in a second, from the beginning. */
  static OpenProfile rate(double perSecond) {
    return open().stepTo(perSecond);
  }

  /** No arrivals yet: ramps and steps are to follow. */
  static OpenProfile open() {
    return OpenProfile.NONE;
  }

  /** What it consists of, in order. */
  List<Stage> stages();

  /** How long it lasts; null if it does not end by itself. */
  @Nullable Duration length();

  /** Whether iterations have an intended start, so that there is a response time. */
  boolean hasSchedule();

  /** Whether it ever asks for anything: a user, or an arrival. */
  default boolean isAboveZero() {
    return stages().stream().anyMatch(stage -> stage.level() > 0);
  }

  /** Whether a run of it ends by itself, after a time or when its iterations are done. */
  default boolean hasEnd() {
    return length() != null || maxIterations().isPresent();
  }

  /** How many iterations there are in all; empty if they are not bounded. */
  OptionalLong maxIterations();

  /** What its random draws begin with; empty if every run draws another one. */
  OptionalLong seed();
}
