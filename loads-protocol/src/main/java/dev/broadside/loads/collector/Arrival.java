package dev.broadside.loads.collector;

import dev.broadside.loads.protocol.LoadsMessage.AddHit;
import dev.broadside.loads.protocol.LoadsReport;
import dev.broadside.metrics.Measurement;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * When a report arrived, which is when what it tells of has ended.
 *
 * @param started when its run began
 * @param nanos when it arrived, counted from there
 */
record Arrival(Instant started, long nanos) {
  private static final int LOWEST_SUCCESS = 100;
  private static final int LOWEST_FAILURE = 400;

  CollectedHit hit(LoadsReport report, AddHit hit) {
    return new CollectedHit(started, measurement(report, hit), hit.status());
  }

  Measurement measurement(LoadsReport report, AddHit hit) {
    boolean success = hit.status() >= LOWEST_SUCCESS && hit.status() < LOWEST_FAILURE;
    String error = success ? null : "HTTP " + hit.status();
    return measurement(report, hit.url(), Math.max(0, hit.elapsedNanos()), error);
  }

  /** Something that took so long. */
  Measurement measurement(LoadsReport report, String label, long took, @Nullable String error) {
    long start = nanos - took;
    return new Measurement(label, report.agentId(), start, took, error, Map.of());
  }
}
