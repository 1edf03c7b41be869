package dev.broadside.oct.hq;

import dev.broadside.oct.protocol.TurretStatus;
import dev.broadside.oct.results.CannonRamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One turret of the roster, guarded by it. */
final class RosterEntry {
  /** A turret heard of within this time is alive: an idle one reports each 2 s. */
  static final long RECENT_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** A turret that has left requests without answer for this time is silent. */
  static final long SILENT_NANOS = TimeUnit.SECONDS.toNanos(15);

  private static final int MAX_CHARS = 255; // as in the original's database
  private static final int MAX_RAMPS = 1000; // of one run

  private final List<CannonRamp> ramps = new ArrayList<>(); // only the last one may be open
  private long runNanos;
  private TurretStatus status;
  private long seenNanos;
  private Instant seen;
  private boolean asked;
  private long askedNanos;
  private boolean fires;

  /**
   * A turret that was not known before.
   *
   * @param runNanos when the run began, if one goes on
   */
  RosterEntry(TurretStatus status, long now, Instant seen, long runNanos) {
    this.runNanos = runNanos;
    this.status = bounded(status);
    this.seenNanos = now;
    this.seen = seen;
    this.fires = status.is(TurretStatus.RUNNING);
  }

  void update(TurretStatus status, long now, Instant seen) {
    boolean wasRunning = this.status.is(TurretStatus.RUNNING);
    this.status = bounded(status);
    this.seenNanos = now;
    this.seen = seen;
    asked = false;
    if (status.is(TurretStatus.RUNNING)) fires = true;
    else if (wasRunning || isGone()) endRamp(now);
  }

  private void endRamp(long now) {
    if (hasOpenRamp()) ramps.set(ramps.size() - 1, lastRamp().endedAt(now - runNanos));
  }

  private boolean hasOpenRamp() {
    return !ramps.isEmpty() && lastRamp().endNanos() == CannonRamp.OPEN;
  }

  private CannonRamp lastRamp() {
    return ramps.get(ramps.size() - 1);
  }

  /** A request went out; only the first one that stays without answer counts. */
  void asked(long now) {
    if (asked) return;
    asked = true;
    askedNanos = now;
  }

  boolean isAlive(long now) {
    return now - seenNanos <= RECENT_NANOS;
  }

  boolean isSilent(long now) {
    return asked && now - askedNanos >= SILENT_NANOS && !isGone();
  }

  boolean isReady(long now) {
    return status.is(TurretStatus.READY) && isAlive(now);
  }

  /** A run begins: only those that can take part in it are waited for at its end. */
  void beginRun(long now) {
    fires = isReady(now);
    runNanos = now;
    ramps.clear();
  }

  /** A start goes out to it, which it obeys if it is ready. */
  boolean obeysStart(long now) {
    if (!isReady(now)) return false;
    if (!hasOpenRamp() && ramps.size() < MAX_RAMPS) {
      ramps.add(ramp(now - runNanos));
    }
    return true;
  }

  private CannonRamp ramp(long startNanos) {
    return CannonRamp.of(status.cannons(), status.rampUp(), startNanos);
  }

  /** Its cannons in this run: from each start that it obeyed until it was seen to have ended. */
  List<CannonRamp> ramps(long now) {
    if (!hasOpenRamp() || !isSilent(now)) return List.copyOf(ramps);
    List<CannonRamp> ended = new ArrayList<>(ramps);
    ended.set(ramps.size() - 1, lastRamp().endedAt(askedNanos + SILENT_NANOS - runNanos));
    return ended;
  }

  String name() {
    return status.turret();
  }

  boolean fires() {
    return fires;
  }

  boolean isFiring(long now) {
    return fires && status.is(TurretStatus.RUNNING) && !isSilent(now);
  }

  /** Whether the end of a run need not wait for it any more. */
  boolean isBack(long stopNanos, long now) {
    boolean readyAgain = status.is(TurretStatus.READY) && seenNanos - stopNanos >= 0;
    return !fires || readyAgain || isGone() || isSilent(now);
  }

  private boolean isGone() {
    return status.is(TurretStatus.ABORTED) || status.is(TurretStatus.KILLED);
  }

  /** Of two entries, the one that was heard of longer ago comes first. */
  static int byAge(RosterEntry one, RosterEntry other) {
    return Long.compare(one.seenNanos - other.seenNanos, 0);
  }

  /** Who it is, and why it may not be ready. */
  String describe(long now) {
    String who = plain(status.turret()) + " " + plain(status.uuid());
    if (isReady(now)) return who;
    long seconds = TimeUnit.NANOSECONDS.toSeconds(now - seenNanos);
    String age = isAlive(now) ? "" : ", last heard of " + seconds + " s ago";
    return who + " (" + plain(status.status()) + age + ")";
  }

  /** Without what could steer a terminal. */
  private static String plain(String text) {
    return text.replaceAll("\\p{C}", "?");
  }

  TurretInfo info(long now) {
    return new TurretInfo(
        status.turret(),
        status.uuid(),
        status.status(),
        status.cannons(),
        Duration.ofNanos(ramp(0).rampUpNanos()),
        status.script(),
        seen,
        isSilent(now));
  }

  private static TurretStatus bounded(TurretStatus status) {
    return new TurretStatus(
        bounded(status.turret()),
        bounded(status.status()),
        bounded(status.uuid()),
        status.rampUp(),
        bounded(status.script()),
        status.cannons());
  }

  static String bounded(String text) {
    return text.length() <= MAX_CHARS ? text : text.substring(0, MAX_CHARS);
  }
}
