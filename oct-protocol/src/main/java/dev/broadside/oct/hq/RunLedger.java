package dev.broadside.oct.hq;

import dev.broadside.metrics.Measurement;
import dev.broadside.metrics.RunRecorder;
import dev.broadside.oct.protocol.TransactionResult;
import dev.broadside.oct.results.TurretClocks;
import dev.broadside.oct.results.TurretStarts;
import org.jspecify.annotations.Nullable;

/** What a run keeps of its results, until it is closed. Thread-safe. */
final class RunLedger {
  private final RunRecorder recorder;
  private final long startNanos;
  private final TurretStarts starts = new TurretStarts();
  private final TurretClocks clocks = new TurretClocks();
  private boolean closed;

  RunLedger(RunRecorder recorder, long startNanos) {
    this.recorder = recorder;
    this.startNanos = startNanos;
  }

  long startNanos() {
    return startNanos;
  }

  /** Turrets of this name obey a start that is given now. */
  void started(String turretName, long now) {
    starts.started(turretName, now - startNanos);
  }

  /**
   * Takes a result.
   *
   * @param arrivalMicros when it came, in microseconds since 1970
   * @return how it stands in the run; null if the run takes no more
   */
  synchronized @Nullable Measurement take(TransactionResult result, long arrivalMicros) {
    if (closed) return null;
    Measurement measurement = starts.measurement(result);
    recorder.record(measurement);
    clocks.arrived(result.turretName(), result.epochMicros(), arrivalMicros);
    return measurement;
  }

  /** Takes no more: what it has is all there is. */
  synchronized void close() {
    closed = true;
  }

  /** How far the turrets' clocks are off. */
  TurretClocks clocks() {
    return clocks;
  }
}
