package dev.broadside.oct.hq;

import dev.broadside.metrics.RecentFigures;
import java.time.Duration;

/**
 * How far a run is. Told about each second.
 *
 * @param phase what the headquarters does now
 * @param turrets how many turrets are ready; during the run how many fire
 * @param turretsWanted how many a run waits for
 * @param cannons how many cannons should be firing, by their turrets' ramp-ups
 * @param elapsed since the phase {@code WAITING} or {@code FIRING} began
 * @param runTime how long the run is to go on
 * @param results how many results have arrived
 * @param failures how many of them are failures
 * @param recent what came in the last whole interval: its rate, how long it took
 */
public record Progress(
    Phase phase,
    int turrets,
    int turretsWanted,
    long cannons,
    Duration elapsed,
    Duration runTime,
    long results,
    long failures,
    RecentFigures recent) {
  /** What a headquarters does in the course of a run. */
  public enum Phase {
    /** Waits for turrets. */
    WAITING,
    /** The turrets fire. */
    FIRING,
    /** The turrets were stopped; what they still send is taken. */
    STOPPING
  }
}
