package dev.broadside.oct.hq;

import dev.broadside.messaging.MessageHandler;
import dev.broadside.metrics.Measurement;
import dev.broadside.oct.hq.HqCounters.Counter;
import dev.broadside.oct.protocol.MalformedMessageException;
import dev.broadside.oct.protocol.TransactionResult;
import dev.broadside.oct.protocol.TurretMessage;
import dev.broadside.oct.protocol.TurretMessageReader;
import dev.broadside.oct.protocol.TurretStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes what turrets send, on the receiving thread: statuses go to the roster, results to the run
 * that goes on.
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
  private final Consumer<byte[]> onRawResult;
  private final QuietLog malformedLog;
  private final TurretMessageReader reader = new TurretMessageReader();
  private final LongSupplier arrival = this::look;

  private volatile @Nullable RunLedger run;
  private long tickNanos; // looking at a clock for each result would cost more than counting it
  private long tickMicros; // since 1970

  Intake(
      HqClock clock,
      TurretRoster roster,
      HqCounters counters,
      Supplier<String> endpoint,
      Runnable onStatus,
      GuardedListener<Measurement> onResult,
      Consumer<byte[]> onRawResult) {
    this.clock = clock;
    this.roster = roster;
    this.counters = counters;
    this.endpoint = endpoint;
    this.onStatus = onStatus;
    this.onResult = onResult;
    this.onRawResult = onRawResult;
    this.malformedLog = new QuietLog(LOG, clock);
    tick();
  }

  /** From now on results belong to this run. */
  void open(RunLedger ledger) {
    run = ledger;
  }

  /** From now on results belong to no run. */
  void close() {
    run = null;
  }

  /** Called by the receiving thread between two messages, every few milliseconds. */
  void tick() {
    tickNanos = clock.now();
    tickMicros = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
  }

  private long look() {
    tick();
    return tickMicros;
  }

  @Override
  public void onMessage(List<byte[]> frames) {
    TurretMessage message = decode(frames);
    if (message instanceof TransactionResult result) take(result, frames.get(0));
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
    TurretInfo turret = roster.update(status, clock.now(), clock.instant());
    RunLedger ledger = run;
    if (turret == null) counters.add(Counter.UNLISTED);
    else if (ledger != null) ledger.take(turret);
    onStatus.run();
  }

  private void take(TransactionResult result, byte[] raw) {
    RunLedger ledger = run;
    if (ledger != null && isOlder(result, ledger)) {
      counters.add(Counter.OF_AN_EARLIER_RUN);
      return;
    }
    Measurement measurement = ledger == null ? null : ledger.take(result, tickMicros, arrival);
    if (measurement == null) {
      counters.add(Counter.OUTSIDE_A_RUN);
    } else {
      onResult.accept(measurement);
      onRawResult.accept(raw);
    }
  }

  private boolean isOlder(TransactionResult result, RunLedger ledger) {
    long latestEnd = result.elapsedNanos() - TOLERANCE_NANOS;
    if (latestEnd <= tickNanos - ledger.startNanos()) return false;
    tick(); // the last one may be long ago: refuse nothing without a look at the clock
    return latestEnd > tickNanos - ledger.startNanos();
  }
}
