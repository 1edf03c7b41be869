package dev.broadside.oct;

/** Where a turret is in its life. */
public enum TurretState {
  /** Built, and not started. */
  NEW,
  /** Waits for the order to start. */
  READY,
  /** Its cannons fire. */
  RUNNING,
  /** The run is over: cannons finish, what is queued is sent. */
  STOPPING,
  /** Shut down by order of the headquarters. */
  KILLED,
  /** Died of its own: it failed, or was closed before the headquarters shut it down. */
  ABORTED;

  /** Whether nothing comes after it. */
  public boolean isEnd() {
    return this == KILLED || this == ABORTED;
  }
}
