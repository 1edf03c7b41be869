package dev.broadside.oct.hq;

import dev.broadside.messaging.MessageHandler;
import dev.broadside.metrics.Measurement;
import dev.broadside.metrics.RunRecorder;
import dev.broadside.oct.hq.HqCounters.Counter;
import dev.broadside.oct.protocol.MalformedMessageException;
import dev.broadside.oct.protocol.TransactionResult;
import dev.broadside.oct.protocol.TurretMessage;
import dev.broadside.oct.protocol.TurretMessageReader;
import dev.broadside.oct.protocol.TurretStatus;
import dev.broadside.oct.results.TurretStarts;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes what turrets send, on the receiving thread: statuses go to the roster, results to the run
 * that goes on. Results pass no lock, since only the receiving thread writes to a run's recorder.
 */
final class Intake implements MessageHandler {
  /** How far a result's {@code elapsed} may exceed the run's age (docs/protocols.md 1.5). */
  private static final long TOLERANCE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final System.Logger LOG = System.getLogger(Intake.class.getName());

  private final HqClock clock;
  private final TurretRoster roster;
  private final HqCounters counters;
  private final Supplier<String> endpoint;
  private final Runnable onStatus;
  private final GuardedListener<Measurement> onResult;
  private final QuietLog malformedLog;
  private final TurretMessageReader reader = new TurretMessageReader();

  private volatile @Nullable LiveRun run;
  private volatile boolean left;
  private long tickNanos; // looking at the clock for each result would cost more than counting it

  /** A run whose results are taken. */
  private record LiveRun(RunRecorder recorder, TurretStarts starts, long startNanos) {}

  Intake(
      HqClock clock,
      TurretRoster roster,
      HqCounters counters,
      Supplier<String> endpoint,
      Runnable onStatus,
      GuardedListener<Measurement> onResult) {
    this.clock = clock;
    this.roster = roster;
    this.counters = counters;
    this.endpoint = endpoint;
    this.onStatus = onStatus;
    this.onResult = onResult;
    this.malformedLog = new QuietLog(LOG, clock);
    this.tickNanos = clock.now();
  }

  /** From now on results belong to this run. */
  void open(RunRecorder recorder, TurretStarts starts, long startNanos) {
    run = new LiveRun(recorder, starts, startNanos);
  }

  /** From now on results belong to no run. */
  void close() {
    left = false;
    run = null;
  }

  /** Whether the receiving thread has left the recorder of the run that was closed. */
  boolean hasLeft() {
    return left;
  }

  /** Called by the receiving thread between two messages, every few milliseconds. */
  void tick() {
    tickNanos = clock.now();
    if (run == null) left = true;
  }

  @Override
  public void onMessage(List<byte[]> frames) {
    TurretMessage message = decode(frames);
    if (message instanceof TransactionResult result) take(result);
    else if (message instanceof TurretStatus status) take(status);
  }

  private @Nullable TurretMessage decode(List<byte[]> frames) {
    try {
      return reader.read(frames);
    } catch (MalformedMessageException | RuntimeException e) {
      counters.add(Counter.MALFORMED);
      malformedLog.log("at " + endpoint.get() + ": message ignored: " + e.getMessage(), null);
      return null;
    }
  }

  private void take(TurretStatus status) {
    if (!roster.update(status, clock.now(), clock.instant())) counters.add(Counter.UNLISTED);
    onStatus.run();
  }

  private void take(TransactionResult result) {
    LiveRun live = run;
    if (live == null) {
      counters.add(Counter.OUTSIDE_A_RUN);
    } else if (isOlder(result, live)) {
      counters.add(Counter.OF_AN_EARLIER_RUN);
    } else {
      Measurement measurement = live.starts().measurement(result);
      live.recorder().record(measurement);
      onResult.accept(measurement);
    }
  }

  private boolean isOlder(TransactionResult result, LiveRun live) {
    long latestEnd = result.elapsedNanos() - TOLERANCE_NANOS;
    if (latestEnd <= tickNanos - live.startNanos()) return false;
    tickNanos = clock.now(); // the last tick may be long ago: refuse nothing without a look
    return latestEnd > tickNanos - live.startNanos();
  }
}
