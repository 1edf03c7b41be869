package dev.broadside.oct.results;

import dev.broadside.metrics.Measurement;
import dev.broadside.metrics.RunRecorder;
import dev.broadside.metrics.RunResult;
import dev.broadside.metrics.UserCount;
import dev.broadside.oct.protocol.TransactionResult;
import dev.broadside.oct.store.RunEnd;
import dev.broadside.oct.store.RunMetadata;
import dev.broadside.oct.store.StoredRun;
import dev.broadside.oct.store.StoredTurret;
import dev.broadside.oct.store.UnreadableRows;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The figures of a run, made again from its database. They are those that the headquarters showed,
 * since both give each result the same place in time.
 *
 * @param result the figures; of a run without an end, up to its last result
 * @param timerNames the names of all timers, also of those that the figures add up
 */
public record RebuiltRun(RunResult result, SortedSet<String> timerNames) {
  /** Reads all rows of a run. */
  public static RebuiltRun of(StoredRun run) {
    return of(run, run.metadata());
  }

  /** Reads all rows of a run, with other settings than it had. */
  static RebuiltRun of(StoredRun run, RunMetadata metadata) {
    return new Rebuilding(run, metadata).rebuild();
  }

  /** What is gathered meanwhile. */
  private static final class Rebuilding {
    private final StoredRun run;
    private final RunMetadata metadata;
    private final TurretStarts starts;
    private final RunRecorder recorder;
    private final SortedSet<String> timerNames = new TreeSet<>();
    private long latestNanos;

    Rebuilding(StoredRun run, RunMetadata metadata) {
      this.run = run;
      this.metadata = metadata;
      this.starts = new TurretStarts(run.starts());
      this.recorder =
          RunRecorder.builder()
              .maxLabels(metadata.maxLabels())
              .interval(metadata.interval())
              .build();
    }

    RebuiltRun rebuild() {
      UnreadableRows unreadable = run.forEach(this::take);
      Optional<RunEnd> end = run.end();
      Duration duration = end.map(RunEnd::duration).orElse(Duration.ofNanos(latestNanos));
      Map<String, Long> counters = new LinkedHashMap<>(end.map(RunEnd::counters).orElse(Map.of()));
      count(counters, "results that the database has broken", unreadable.results());
      count(counters, "timers that the database has broken", unreadable.timers());
      RunResult result = recorder.result(metadata.started(), duration, counters);
      List<UserCount> users =
          end.map(RunEnd::expectedUsers).orElseGet(() -> expectedCannons(duration));
      return new RebuiltRun(result.withExpectedUsers(users), timerNames);
    }

    /** As if no turret had ended before the run. */
    private List<UserCount> expectedCannons(Duration duration) {
      return ExpectedCannons.over(run.turrets().stream().map(this::ramp).toList(), duration);
    }

    private CannonRamp ramp(StoredTurret turret) {
      long start = starts.nanosByName().getOrDefault(turret.name(), 0L);
      return CannonRamp.of(turret.cannons(), turret.rampUpSeconds(), start);
    }

    private void take(long id, TransactionResult result) {
      Measurement measurement = starts.measurement(result);
      recorder.record(measurement);
      latestNanos = Math.max(latestNanos, measurement.endNanos());
      if (!result.customTimers().isEmpty()) timerNames.addAll(result.customTimers().keySet());
    }

    private static void count(Map<String, Long> counters, String name, long amount) {
      if (amount > 0) counters.put(name, amount);
    }
  }
}
