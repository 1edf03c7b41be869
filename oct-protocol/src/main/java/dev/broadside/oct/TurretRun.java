package dev.broadside.oct;

import dev.broadside.messaging.Account;
import java.time.Duration;

/**
 * One run of a turret, once it has ended.
 *
 * @param number counted from 1
 * @param end why it ended
 * @param results what became of its results: {@code produced == sent + dropped + unsent}
 * @param failures how many of the produced results bear an error
 * @param abandonedCannons cannons that ignored the stop and their interrupt
 * @param duration from the arrival of {@code start} to the end of the last cannon
 * @param heldBack how long cannons waited for room in the queue, added up over cannons
 */
public record TurretRun(
    int number,
    End end,
    Account results,
    long failures,
    int abandonedCannons,
    Duration duration,
    Duration heldBack) {
  /** Why a run ended. */
  public enum End {
    /** The headquarters sent {@code stop}. */
    STOPPED,
    /** The headquarters sent {@code kill}. */
    KILLED,
    /** The headquarters was gone for too long. */
    HEADQUARTERS_LOST,
    /** Another headquarters took the place of the one that had ordered the run. */
    HEADQUARTERS_REPLACED,
    /** The turret was closed. */
    CLOSED,
    /** The turret failed. */
    FAILED
  }
}
