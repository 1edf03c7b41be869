package dev.broadside.oct.store;

/**
 * What could not be read of a run's rows.
 *
 * @param results how many have times that are no finite numbers; they were left out
 * @param timers of how many the custom timers are no object of finite numbers; they count without
 */
public record UnreadableRows(long results, long timers) {}
