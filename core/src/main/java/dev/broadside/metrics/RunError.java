package dev.broadside.metrics;

import java.time.Duration;

/**
 * An error that transactions of a run ended with.
 *
 * @param text what they said; its beginning, where it is long
 * @param count how many of them
 * @param firstSeen when the first of them ended, counted from the beginning of the run
 * @param lastSeen when the last of them ended
 * @param sample the first that arrived; of its error up to 10,000 characters
 */
public record RunError(
    String text, long count, Duration firstSeen, Duration lastSeen, Measurement sample) {}
