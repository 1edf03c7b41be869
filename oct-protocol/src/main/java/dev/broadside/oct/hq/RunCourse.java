package dev.broadside.oct.hq;

import dev.broadside.metrics.RunRecorder;
import dev.broadside.metrics.RunResult;
import dev.broadside.metrics.ThresholdWatch;
import dev.broadside.metrics.Verdict;
import dev.broadside.oct.hq.Progress.Phase;
import dev.broadside.oct.hq.Stage.Firing;
import dev.broadside.oct.hq.Stage.WaitForReady;
import dev.broadside.oct.hq.Stage.WaitForSilence;
import dev.broadside.oct.hq.Stage.WaitForTurrets;
import dev.broadside.oct.protocol.HqCommand;
import dev.broadside.oct.protocol.HqCommand.Start;
import dev.broadside.oct.results.ArchiveSettings;
import dev.broadside.oct.results.ExpectedCannons;
import dev.broadside.oct.results.RunArchive;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One run, conducted on the thread of the caller: one stage after the other. Any thread may {@link
 * #end} it or {@link #wake} it. Source: docs/protocols.md 1.3.
 */
final class RunCourse {
  private static final Logger LOG = System.getLogger(Headquarters.class.getName());

  private static final long LOOK_MILLIS = 10;

  /** What a run needs of its headquarters. */
  interface Host {
    /** Publishes an order to all turrets. */
    void order(HqCommand command);

    /** Whether orders have a way to turrets, as far as that can be known. */
    boolean ordersAreHeard();

    /** When a connection last came or came back. */
    long lastConnectionNanos();

    /** Throws if the run cannot go on: the headquarters was closed, or a socket failed. */
    void requireAlive();
  }

  private final HqSettings settings;
  private final HqClock clock;
  private final TurretRoster roster;
  private final Intake intake;
  private final Host host;
  private final RunRecorder recorder;
  private final ProgressTeller progress;
  private final ThresholdWatch watch;
  private final Semaphore bell = new Semaphore(0);
  private volatile boolean ended;
  private volatile boolean startNow;
  private boolean interrupted;
  private volatile Instant started;
  private volatile @Nullable RunLedger ledger;
  private volatile @Nullable RunArchive archive;
  private volatile long startNanos;
  private volatile long stopNanos;

  RunCourse(
      HqSettings settings,
      TurretRoster roster,
      Intake intake,
      Host host,
      Consumer<Progress> onProgress) {
    this.settings = settings;
    this.clock = settings.clock();
    this.roster = roster;
    this.intake = intake;
    this.host = host;
    this.recorder =
        RunRecorder.builder().maxLabels(settings.maxLabels()).interval(settings.interval()).build();
    this.progress = new ProgressTeller(settings, recorder, onProgress, clock.now());
    this.watch = new ThresholdWatch(settings.thresholds());
    this.started = clock.instant();
  }

  /** Ends the run in order, or the waiting before it. */
  void end() {
    ended = true;
    wake();
  }

  /** Starts the run with the turrets that are ready, without waiting for more. */
  void startNow() {
    startNow = true;
    wake();
  }

  /** Something has changed that the run may wait for. */
  void wake() {
    bell.release();
  }

  /**
   * Conducts the run from the waiting to the last result.
   *
   * @throws MissingTurretsException if not enough turrets are ready in time
   */
  void conduct() {
    try {
      waitForTurrets();
      if (!ended) fire();
    } finally {
      intake.close();
      RunLedger open = ledger;
      if (open != null) open.close();
    }
  }

  /** At last, whatever came of it. An interrupt is passed on now: it would break off the files. */
  void leave() {
    RunArchive open = archive;
    if (open != null) open.close();
    if (interrupted) Thread.currentThread().interrupt();
  }

  /** Where its results are kept; null if they are not. */
  @Nullable Path folder() {
    RunArchive open = archive;
    return open == null ? null : open.folder();
  }

  private void waitForTurrets() {
    long begin = clock.now();
    WaitForTurrets waiting =
        new WaitForTurrets(
            roster, host::ordersAreHeard, settings.turrets(), settings.turretTimeoutNanos(), begin);
    while (!ended && !startNow && isUnderWay(waiting)) pause();
    long now = clock.now();
    if (!ended && !startNow && !waiting.isComplete(now)) throw missing(now - begin, now);
  }

  private MissingTurretsException missing(long waitedNanos, long now) {
    return new MissingTurretsException(
        settings.turrets(),
        TimeUnit.NANOSECONDS.toSeconds(waitedNanos),
        host.ordersAreHeard(),
        roster.describe(true, now),
        roster.describe(false, now));
  }

  private void fire() {
    begin();
    pursueUnlessEnded(
        new Firing(
            roster,
            host::lastConnectionNanos,
            settings.context(),
            settings.runNanos(),
            startNanos));
    stop();
    pursue(new WaitForReady(roster, stopNanos));
    pursue(new WaitForSilence(recorder::count, clock.now()));
  }

  private void begin() {
    started = clock.instant(); // some milliseconds early where a database is to be opened
    archive = openArchive();
    startNanos = clock.now();
    RunLedger opened = new RunLedger(recorder, startNanos, archive);
    ledger = opened;
    progress.enter(Phase.FIRING, startNanos);
    roster.beginRun(startNanos);
    roster.readyTurrets(startNanos).forEach(opened::take);
    noteStart("", opened, startNanos); // the start that is given now
    intake.open(opened);
    host.order(settings.context());
    host.order(new Start());
  }

  private void stop() {
    stopNanos = clock.now(); // the stage that follows gives the order
    progress.enter(Phase.STOPPING, stopNanos);
  }

  private @Nullable RunArchive openArchive() {
    ArchiveSettings keep = settings.archive();
    if (keep == null) return null;
    return RunArchive.open(keep, started, settings.interval(), settings.maxLabels());
  }

  /** A start is given to all turrets, or to the one with this uuid. */
  void starting(String uuid) {
    RunLedger open = ledger;
    if (open != null) noteStart(uuid, open, clock.now()); // else its results will be refused
  }

  private void noteStart(String uuid, RunLedger open, long now) {
    roster.started(uuid, now).forEach(name -> open.started(name, now));
  }

  private void pursueUnlessEnded(Stage stage) {
    while (!ended && !isBroken() && isUnderWay(stage)) pause();
  }

  private boolean isBroken() {
    if (!watch.isBroken(recorder, ageNow())) return false;
    Verdict verdict = watch.verdict();
    if (verdict != null) LOG.log(Level.WARNING, verdict.threshold() + ": " + verdict.measured());
    return true;
  }

  private void pursue(Stage stage) {
    while (isUnderWay(stage)) pause();
  }

  private boolean isUnderWay(Stage stage) {
    long now = clock.now();
    stage.due(now).forEach(host::order);
    if (progress.isDue(now)) progress.tell(turrets(now), cannons(now), now);
    return !stage.isOver(now);
  }

  private int turrets(long now) {
    return progress.phase() == Phase.WAITING ? roster.ready(now) : roster.firing(now);
  }

  private long cannons(long now) {
    if (progress.phase() != Phase.FIRING) return 0;
    return ExpectedCannons.at(roster.ramps(now), Duration.ofNanos(now - startNanos));
  }

  private void pause() {
    host.requireAlive();
    try {
      if (bell.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS)) bell.drainPermits();
    } catch (InterruptedException e) {
      interrupted = true;
      ended = true;
    }
  }

  /** How far it is. Any thread may ask. */
  Progress progress() {
    long now = clock.now();
    return progress.progress(turrets(now), cannons(now), now);
  }

  /** What has come of it so far. Any thread may ask. */
  RunResult current(Map<String, Long> counters) {
    Duration age = progress.phase() == Phase.WAITING ? Duration.ZERO : ageNow();
    RunArchive open = archive;
    RunResult figures = figures(age, counters);
    RunResult whole = open == null ? figures : open.withStored(figures);
    return age.isZero() ? whole : whole.withVerdicts(watch.verdicts(whole));
  }

  private Duration ageNow() {
    long end = progress.phase() == Phase.STOPPING ? stopNanos : clock.now();
    return Duration.ofNanos(end - startNanos);
  }

  /** What came of it, once it is kept as well; empty if it was ended before it began. */
  RunResult result(Map<String, Long> counters) {
    RunResult figures = figures(Duration.ofNanos(stopNanos - startNanos), counters);
    RunResult judged = figures.withVerdicts(watch.verdicts(figures));
    RunArchive open = archive;
    RunLedger closed = ledger;
    return open == null || closed == null ? judged : open.finish(judged, closed.clocks());
  }

  private RunResult figures(Duration duration, Map<String, Long> counters) {
    return recorder
        .result(started, duration, counters)
        .withExpectedUsers(ExpectedCannons.over(roster.ramps(clock.now()), duration));
  }
}
