package dev.broadside.oct;

import dev.broadside.metrics.RunNote;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Hears what happens to a turret. Called on the turret's own threads: return soon. What a listener
 * throws is logged, and nothing else.
 */
public interface TurretListener {
  /** A listener that does nothing. */
  TurretListener NONE = new TurretListener() {};

  /** The turret has entered another state. */
  default void stateChanged(TurretState state) {}

  /**
   * A run fires no more, and waits for the headquarters' stop.
   *
   * @param run its number, counted from 1
   * @param after how long it has fired
   * @param reason what ended it; null if its profile is over
   */
  default void loadEnded(int run, Duration after, @Nullable RunNote reason) {}

  /** A run has ended, and its account is closed. Called before the turret is ready again. */
  default void runEnded(TurretRun run) {}
}
