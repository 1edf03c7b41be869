package dev.broadside.oct.store;

import java.time.Duration;
import java.time.Instant;

/**
 * What a database tells of a run before its first result.
 *
 * @param runId tells the runs of one database apart
 * @param title what the report is called
 * @param started when the run began
 * @param interval the length of an interval of its series, at first
 * @param maxLabels how many names of each kind its figures keep
 * @param madeBy the program and its version
 * @param configuration the project's configuration as JSON text
 */
public record RunMetadata(
    String runId,
    String title,
    Instant started,
    Duration interval,
    int maxLabels,
    String madeBy,
    String configuration) {}
