package dev.broadside.oct.results;

import dev.broadside.report.Units;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * How far each turret's clock is from ours: the smallest of what lay between a result's {@code
 * epoch} and its arrival. It is shown, and nothing else is done with it: no figure depends on a
 * turret's clock. One thread adds to it; all may read.
 */
public final class TurretClocks {
  private static final int MAX_NAMES = 10_000;
  private static final long SENSIBLE_MICROS = Duration.ofDays(30).toMillis() * 1000;
  private static final long NO_SENSE = Long.MAX_VALUE;

  private final Map<String, Long> skewMicrosByName = new ConcurrentHashMap<>();

  /** None are known yet. */
  public TurretClocks() {}

  /** Those that were kept. */
  public TurretClocks(Map<String, Long> skewMicrosByName) {
    this.skewMicrosByName.putAll(skewMicrosByName);
  }

  /**
   * A result of this turret has come; times are microseconds since 1970.
   *
   * @param lookMicros when somebody last looked at the clock, before it came
   * @param arrival looks at the clock, if it matters
   */
  public void arrived(String turretName, long epochMicros, long lookMicros, LongSupplier arrival) {
    if (!isNews(turretName, skewMicros(epochMicros, lookMicros))) return; // nor will the later time
    long skew = skewMicros(epochMicros, arrival.getAsLong());
    if (isNews(turretName, skew)) skewMicrosByName.put(turretName, skew);
  }

  private boolean isNews(String turretName, long skew) {
    Long smallest = skewMicrosByName.get(turretName);
    return smallest == null ? skewMicrosByName.size() < MAX_NAMES : skew < smallest;
  }

  private static long skewMicros(long epochMicros, long arrivalMicros) {
    boolean sensible =
        epochMicros >= arrivalMicros - SENSIBLE_MICROS
            && epochMicros <= arrivalMicros + SENSIBLE_MICROS;
    return sensible ? arrivalMicros - epochMicros : NO_SENSE;
  }

  /** Those of these turrets, in microseconds; the largest number where no epoch made sense. */
  Map<String, Long> skewMicros(Collection<String> turretNames) {
    Map<String, Long> skews = new HashMap<>(skewMicrosByName);
    skews.keySet().retainAll(turretNames);
    return skews;
  }

  /** In words. */
  public String words(String turretName) {
    Long skew = skewMicrosByName.get(turretName);
    if (skew == null) return "unknown";
    if (skew == NO_SENSE) return "epoch makes no sense";
    String time = Units.time(Duration.of(Math.abs(skew), ChronoUnit.MICROS));
    return skew == 0 ? time : time + (skew > 0 ? " behind" : " ahead");
  }
}
