package dev.broadside;

import dev.broadside.metrics.RecentFigures;
import dev.broadside.metrics.Starts;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How far a run is.
 *
 * @param elapsed since it began
 * @param length how long it is to go on; null if its profile does not say
 * @param users how many users there are now
 * @param results how many iterations are over
 * @param failures how many of them failed
 * @param starts what became of the starts that a schedule intended so far
 * @param recent what ended in the last whole interval
 */
public record RunProgress(
    Duration elapsed,
    @Nullable Duration length,
    int users,
    long results,
    long failures,
    Starts starts,
    RecentFigures recent) {}
