package dev.broadside.loads.resident;

import dev.broadside.loads.LoadsEnvironment;
import dev.broadside.users.IntendedStarts;
import dev.broadside.users.OpenProfile;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The arrivals of open profiles, which all users of a step share: they begin with the first that
 * comes, and go on while others come and go. Thread-safe.
 */
final class SharedArrivals {
  private static final long FORGOTTEN_NANOS = TimeUnit.HOURS.toNanos(1);

  private final Map<Step, Shared> steps = new HashMap<>(); // under this object's lock
  private final LongSupplier clock;

  SharedArrivals(LongSupplier clock) {
    this.clock = clock;
  }

  /**
   * What the users of a step have in common, as far as they are told.
   *
   * @param loads the process that starts their launchers
   */
  record Step(
      String test,
      OpenProfile profile,
      String receiver,
      String runId,
      int users,
      int hits,
      Optional<Duration> duration,
      long loads) {
    static Step of(String test, OpenProfile profile, LoadsEnvironment environment, long loads) {
      return new Step(
          test,
          profile,
          environment.receiver().toString(),
          environment.runId(),
          environment.totalUsers(),
          environment.totalHits(),
          environment.duration(),
          loads);
    }
  }

  /**
   * The arrivals of this step. A user that comes once more is one of the next step, which happens
   * to be the same.
   */
  synchronized IntendedStarts of(Step step, int user) {
    long now = clock.getAsLong();
    steps.values().removeIf(old -> now - old.joinedNanos > FORGOTTEN_NANOS);
    Shared shared = steps.get(step);
    if (shared == null || !shared.users.add(user)) {
      shared = new Shared(IntendedStarts.of(step.profile));
      shared.users.add(user);
      steps.put(step, shared);
    }
    shared.joinedNanos = now;
    return shared.starts;
  }

  private static final class Shared {
    final IntendedStarts starts;
    final Set<Integer> users = new HashSet<>();
    long joinedNanos; // by the last user

    Shared(IntendedStarts starts) {
      this.starts = starts;
    }
  }
}
