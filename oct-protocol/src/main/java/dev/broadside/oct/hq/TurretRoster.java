package dev.broadside.oct.hq;

import dev.broadside.oct.protocol.TurretStatus;
import dev.broadside.oct.results.CannonRamp;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The turrets that reported. Bounded: when it is full, a turret that nothing was heard of for long
 * makes room, or the new one is not listed. Time is handed in. Thread-safe.
 */
final class TurretRoster {
  static final int MAX_TURRETS = 10_000;

  private final Map<String, RosterEntry> entries = new LinkedHashMap<>();
  private final int limit;
  private long runNanos;

  TurretRoster(int limit) {
    this.limit = limit;
  }

  /** Notes what a turret says of itself, and returns it; null if there is no room for it. */
  synchronized @Nullable TurretInfo update(TurretStatus status, long now, Instant seen) {
    String uuid = RosterEntry.bounded(status.uuid());
    RosterEntry entry = entries.get(uuid);
    if (entry != null) {
      entry.update(status, now, seen);
    } else {
      if (entries.size() >= limit && !makeRoom(now)) return null;
      entry = new RosterEntry(status, now, seen, runNanos);
      entries.put(uuid, entry);
    }
    return entry.info(now);
  }

  private boolean makeRoom(long now) {
    RosterEntry oldest = Collections.min(entries.values(), RosterEntry::byAge);
    return !oldest.isAlive(now) && !oldest.fires() && entries.values().remove(oldest);
  }

  /** A status request goes out to all. */
  synchronized void asked(long now) {
    entries.values().forEach(entry -> entry.asked(now));
  }

  /** A run begins. */
  synchronized void beginRun(long now) {
    runNanos = now;
    entries.values().forEach(entry -> entry.beginRun(now));
  }

  /**
   * A start goes out to all, or to the one with this uuid.
   *
   * @return the names of those that obey it
   */
  synchronized Set<String> started(String uuid, long now) {
    Set<String> names = new LinkedHashSet<>();
    entries.forEach(
        (each, entry) -> {
          boolean isMeant = uuid.isEmpty() || uuid.equals(each);
          if (isMeant && entry.obeysStart(now)) names.add(entry.name());
        });
    return names;
  }

  /** The cannons of the run: of each turret, from each start that it obeyed. */
  synchronized List<CannonRamp> ramps(long now) {
    return entries.values().stream().flatMap(entry -> entry.ramps(now).stream()).toList();
  }

  /** How many turrets are alive and wait for orders. */
  synchronized int ready(long now) {
    return count(entry -> entry.isReady(now));
  }

  /** The turrets that are alive and wait for orders. */
  synchronized List<TurretInfo> readyTurrets(long now) {
    return entries.values().stream()
        .filter(entry -> entry.isReady(now))
        .map(entry -> entry.info(now))
        .toList();
  }

  /** How many turrets are part of the run and still heard of. */
  synchronized int firing(long now) {
    return count(entry -> entry.isFiring(now));
  }

  private int count(Predicate<RosterEntry> those) {
    return (int) entries.values().stream().filter(those).count();
  }

  /** Whether all that took part in the run are ready again, gone or silent. */
  synchronized boolean areBack(long stopNanos, long now) {
    return entries.values().stream().allMatch(entry -> entry.isBack(stopNanos, now));
  }

  /** Those that are ready, or those that are not, each with its reason. */
  synchronized List<String> describe(boolean ready, long now) {
    return entries.values().stream()
        .filter(entry -> entry.isReady(now) == ready)
        .map(entry -> entry.describe(now))
        .toList();
  }

  /** All of them, in the order in which they first reported. */
  synchronized List<TurretInfo> turrets(long now) {
    return entries.values().stream().map(entry -> entry.info(now)).toList();
  }
}
