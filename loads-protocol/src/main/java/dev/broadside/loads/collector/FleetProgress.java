package dev.broadside.loads.collector;

import java.time.Duration;

/**
 * How far a run of external runners is.
 *
 * @param step which step goes on, from 1
 * @param steps how many there are
 * @param running how many of its users' processes have not ended
 * @param users how many users the step has
 * @param elapsed how long the step has gone on
 * @param length how long it is to go on; where users count hits, how long it may
 * @param hits how many hits have been reported so far, in all steps
 * @param successes how many tests have succeeded
 * @param failures how many have failed
 * @param errors how many have ended with an error
 */
public record FleetProgress(
    int step,
    int steps,
    int running,
    int users,
    Duration elapsed,
    Duration length,
    long hits,
    long successes,
    long failures,
    long errors) {}
