package dev.broadside.users;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One stage of a {@link LoadProfile}.
 *
 * @param level where it goes to: users, or arrivals in a second
 * @param ramp over how long it goes there, evenly; zero: at once
 * @param hold how long it stays there; null if nothing is said
 */
public record Stage(double level, Duration ramp, @Nullable Duration hold) {
  /** Checks all. */
  public Stage {
    if (!(level >= 0) || Double.isInfinite(level)) {
      throw new IllegalArgumentException("level: " + level + "; expected 0 or more");
    }
    Objects.requireNonNull(ramp, "ramp");
    if (ramp.isNegative()) throw new IllegalArgumentException("ramp < 0: " + ramp);
    if (hold != null && hold.isNegative()) throw new IllegalArgumentException("hold < 0: " + hold);
  }

  Stage longer(Duration more) {
    return new Stage(level, ramp, hold == null ? more : hold.plus(more));
  }

  /** How long it takes. */
  Duration length() {
    return hold == null ? ramp : ramp.plus(hold);
  }

  /** Whether a profile may end with it: it holds its level for a time, or is down at zero. */
  boolean canEnd() {
    return hold != null || level == 0;
  }
}
