package dev.broadside.oct.hq;

import dev.broadside.metrics.Measurement;
import dev.broadside.metrics.RunRecorder;
import dev.broadside.oct.protocol.TransactionResult;
import dev.broadside.oct.results.RunArchive;
import dev.broadside.oct.results.TurretClocks;
import dev.broadside.oct.results.TurretStarts;
import dev.broadside.oct.store.StoredTurret;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What a run keeps of what turrets send, until it is closed. Thread-safe. */
final class RunLedger {
  private final RunRecorder recorder;
  private final long startNanos;
  private final TurretStarts starts = new TurretStarts();
  private final TurretClocks clocks = new TurretClocks();
  private final @Nullable RunArchive archive;
  private boolean closed;

  /**
   * A ledger without entries.
   *
   * @param archive keeps the results on disk; null if that is not wanted
   */
  RunLedger(RunRecorder recorder, long startNanos, @Nullable RunArchive archive) {
    this.recorder = recorder;
    this.startNanos = startNanos;
    this.archive = archive;
  }

  long startNanos() {
    return startNanos;
  }

  /** Turrets of this name obey a start that is given now. */
  void started(String turretName, long now) {
    starts.started(turretName, now - startNanos);
    if (archive != null) archive.started(turretName, now - startNanos);
  }

  /** Notes what a turret says of itself. */
  void take(TurretInfo turret) {
    if (archive != null) archive.turret(stored(turret));
  }

  private static StoredTurret stored(TurretInfo turret) {
    return new StoredTurret(
        turret.name(),
        turret.uuid(),
        turret.cannons(),
        turret.rampUp().toNanos() / 1e9,
        turret.script(),
        turret.status(),
        turret.lastSeen());
  }

  /**
   * Takes a result.
   *
   * @param lookMicros when somebody last looked at the clock, in microseconds since 1970
   * @param arrival looks at it
   * @return how it stands in the run; null if the run takes no more
   */
  synchronized @Nullable Measurement take(
      TransactionResult result, long lookMicros, LongSupplier arrival) {
    if (closed) return null;
    Measurement measurement = starts.measurement(result);
    recorder.record(measurement);
    clocks.arrived(result.turretName(), result.epochMicros(), lookMicros, arrival);
    if (archive != null) archive.add(result);
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
