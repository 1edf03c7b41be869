package dev.broadside.oct;

import dev.broadside.messaging.Account;
import dev.broadside.metrics.RunNote;
import dev.broadside.metrics.ScheduleFigures;
import java.time.Duration;
import java.util.List;
import java.util.Map;

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
 * @param schedule how it kept to its schedule, if its profile has one; a headquarters does not see
 *     this
 * @param seeds what random draws began with: what is drawn, and the seed
 * @param notes what else is to be said: why it ended before its time, say
 */
public record TurretRun(
    int number,
    End end,
    Account results,
    long failures,
    int abandonedCannons,
    Duration duration,
    Duration heldBack,
    ScheduleFigures schedule,
    Map<String, Long> seeds,
    List<RunNote> notes) {
  /** Copies the collections. */
  public TurretRun {
    seeds = Map.copyOf(seeds);
    notes = List.copyOf(notes);
  }

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
