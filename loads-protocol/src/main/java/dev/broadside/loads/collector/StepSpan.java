package dev.broadside.loads.collector;

import java.time.Instant;

/**
 * When a step of a run went on.
 *
 * @param users how many users it had
 * @param began before the first process was started
 * @param ended after the last one had ended
 */
public record StepSpan(int users, Instant began, Instant ended) {}
