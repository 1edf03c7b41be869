package dev.broadside.metrics;

import java.time.Duration;

/**
 * How many virtual users were expected to be at work. Between two of them in a list the number
 * changes evenly; two of one time are a step.
 *
 * @param at when, counted from the beginning of the run
 * @param users how many: at a headquarters the cannons that should have started by then
 */
public record UserCount(Duration at, double users) {}
