package dev.broadside.oct;

import dev.broadside.messaging.Account;
import dev.broadside.metrics.ScheduleFigures;

/**
 * What a turret has done so far, all runs together.
 *
 * @param state where it is now
 * @param connected whether both connections to the headquarters stand
 * @param runs how many runs were started
 * @param activeCannons how many cannons run now
 * @param results what became of the results; {@code produced == sent + dropped + unsent} between
 *     runs, and what is missing during one waits to be sent
 * @param failures how many of the produced results bear an error
 * @param abandonedCannons cannons that ignored a stop and their interrupt
 * @param schedule how the runs kept to their schedule, where the profile has one
 * @param orders orders that were obeyed or had nothing to change
 * @param ignoredOrders orders for other turrets, and unknown ones
 * @param malformedOrders messages that were no orders
 */
public record TurretStats(
    TurretState state,
    boolean connected,
    int runs,
    int activeCannons,
    Account results,
    long failures,
    int abandonedCannons,
    ScheduleFigures schedule,
    long orders,
    long ignoredOrders,
    long malformedOrders) {
  static TurretStats unstarted(TurretState state) {
    return new TurretStats(state, false, 0, 0, Account.EMPTY, 0, 0, ScheduleFigures.NONE, 0, 0, 0);
  }
}
