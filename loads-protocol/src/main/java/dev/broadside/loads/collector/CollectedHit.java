package dev.broadside.loads.collector;

import dev.broadside.metrics.Measurement;
import java.time.Instant;

/**
 * A hit on the time axis of its run. It ended when it arrived, which is how {@link LoadsResult} has
 * it.
 *
 * @param started when the run began: the arrival of its first message
 * @param measurement labelled by the URL, its group the agent; its error {@code HTTP 503}, unless
 *     the status is from 100 to 399
 * @param status the status of the answer
 */
public record CollectedHit(Instant started, Measurement measurement, int status) {}
