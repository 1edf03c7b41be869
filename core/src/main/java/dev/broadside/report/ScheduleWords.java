package dev.broadside.report;

import dev.broadside.metrics.Latencies;
import dev.broadside.metrics.RunNote;
import dev.broadside.metrics.Starts;
import java.util.Map;
import java.util.stream.Collectors;

/** What is to be said in words of a run with a schedule, and of what made its load. */
final class ScheduleWords {
  private ScheduleWords() {}

  static String starts(Starts starts) {
    return String.format(
        "%s scheduled = %s on time + %s late + %s dropped + %s unstarted; longest wait %s",
        Units.count(starts.scheduled()),
        Units.count(starts.onTime()),
        Units.count(starts.late()),
        Units.count(starts.dropped()),
        Units.count(starts.unstarted()),
        Units.time(starts.longestWait()));
  }

  static String schedulerError(Latencies error) {
    return String.format(
        "p50 %s, p99 %s, max %s",
        Units.time(error.p(50)), Units.time(error.p(99)), Units.time(error.max()));
  }

  static String seeds(Map<String, Long> seeds) {
    return seeds.entrySet().stream()
        .map(seed -> seed.getKey() + " " + seed.getValue())
        .collect(Collectors.joining(", "));
  }

  static String note(RunNote note) {
    return (note.failure() ? "FAILED: " : "note: ") + note.text();
  }
}
