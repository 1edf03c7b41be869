package dev.broadside.oct;

import dev.broadside.users.Iterations;
import dev.broadside.users.UserBehavior;

/**
 * A kind of virtual user. The default one fires one transaction after the other; another kind
 * decides when and how often, as the original's {@code cannon_class} does.
 *
 * <p>One instance serves all cannons of a turret, each on a thread of its own, so keep what belongs
 * to one cannon in local variables. A class named in a configuration needs a public constructor
 * without arguments.
 */
@FunctionalInterface
public interface Cannon {
  /** Fires one transaction after the other. */
  Cannon CONTINUOUS = UserBehavior.CONTINUOUS::go;

  /**
   * Fires until {@link Iterations#next} is false, or until this cannon has done its part. What it
   * throws becomes a result with an error, and it is called again after a second.
   */
  void fire(Iterations iterations) throws Exception;
}
