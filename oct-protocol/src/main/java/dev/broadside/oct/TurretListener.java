package dev.broadside.oct;

/**
 * Hears what happens to a turret. Called on the turret's own threads: return soon. What a listener
 * throws is logged, and nothing else.
 */
public interface TurretListener {
  /** A listener that does nothing. */
  TurretListener NONE = new TurretListener() {};

  /** The turret has entered another state. */
  default void stateChanged(TurretState state) {}

  /** A run has ended, and its account is closed. Called before the turret is ready again. */
  default void runEnded(TurretRun run) {}
}
