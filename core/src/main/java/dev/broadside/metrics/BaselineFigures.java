package dev.broadside.metrics;

import org.jspecify.annotations.Nullable;

/**
 * What a baseline keeps of a transaction, a timer, or all.
 *
 * @param service how long the successes took
 * @param response how long they took from their intended start; null where there was no schedule
 */
record BaselineFigures(SlicedLatencies service, @Nullable SlicedLatencies response) {
  static BaselineFigures of(Summary summary) {
    return new BaselineFigures(
        SlicedLatencies.service(summary),
        summary.hasSchedule() ? SlicedLatencies.response(summary) : null);
  }
}
