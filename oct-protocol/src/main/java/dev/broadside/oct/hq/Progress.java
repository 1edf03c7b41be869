package dev.broadside.oct.hq;

import java.time.Duration;

/**
 * How far a run is.
 *
 * @param phase what the headquarters does now
 * @param turrets how many turrets are ready; during the run how many fire
 * @param turretsWanted how many a run waits for
 * @param elapsed since the phase {@code WAITING} or {@code FIRING} began
 * @param runTime how long the run is to go on
 * @param results how many results have arrived
 * @param failures how many of them are failures
 * @param rate results in a second, in the last whole interval
 */
public record Progress(
    Phase phase,
    int turrets,
    int turretsWanted,
    Duration elapsed,
    Duration runTime,
    long results,
    long failures,
    double rate) {
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
