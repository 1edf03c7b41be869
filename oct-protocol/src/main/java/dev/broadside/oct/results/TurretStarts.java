package dev.broadside.oct.results;

import dev.broadside.metrics.Measurement;
import dev.broadside.oct.protocol.TransactionResult;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When each turret was started, since its results count from then: it gives them their place on the
 * time's axis of the run. Of turrets of one name the earliest start counts; one that is not listed
 * was started with the run. Thread-safe.
 */
public final class TurretStarts {
  private final Map<String, Long> nanosByName = new ConcurrentHashMap<>();

  /** All turrets were started with the run. */
  public TurretStarts() {}

  /** Those that were kept. */
  public TurretStarts(Map<String, Long> nanosByName) {
    this.nanosByName.putAll(nanosByName);
  }

  /** A turret obeys a start that is sent so long after the beginning of the run. */
  public void started(String turretName, long nanos) {
    nanosByName.merge(turretName, nanos, Math::min);
  }

  /** All of them by name, in nanoseconds after the beginning of the run. */
  public Map<String, Long> nanosByName() {
    return Collections.unmodifiableMap(new TreeMap<>(nanosByName));
  }

  /** The result as it stands in the run. */
  public Measurement measurement(TransactionResult result) {
    String turret = result.turretName();
    long end = nanosByName.getOrDefault(turret, 0L) + result.elapsedNanos();
    long start = end - result.scriptrunNanos();
    return new Measurement(
        turret, turret, start, result.scriptrunNanos(), result.error(), result.customTimers());
  }
}
