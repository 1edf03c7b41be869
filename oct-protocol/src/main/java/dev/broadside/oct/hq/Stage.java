package dev.broadside.oct.hq;

import dev.broadside.oct.protocol.HqCommand;
import dev.broadside.oct.protocol.HqCommand.SetTransactionContext;
import dev.broadside.oct.protocol.HqCommand.Start;
import dev.broadside.oct.protocol.HqCommand.StatusRequest;
import dev.broadside.oct.protocol.HqCommand.Stop;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * A stage of a run's course: decides which orders are due, and when it is over. Time is handed in,
 * in nanoseconds; stages know nothing of threads and sockets. Source: docs/protocols.md 1.3.
 */
sealed interface Stage {
  /** Whether the next stage is to begin. */
  boolean isOver(long now);

  /** The orders that are to be published now; each is given once. */
  List<HqCommand> due(long now);

  /**
   * Before the run: asks for statuses until enough turrets are ready. Nothing is asked, and nobody
   * is started, before orders have a way to turrets: through devices a status may come earlier.
   */
  final class WaitForTurrets implements Stage {
    private static final long REQUEST_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final TurretRoster roster;
    private final BooleanSupplier ordersAreHeard;
    private final int wanted;
    private final long timeoutNanos;
    private final long beginNanos;
    private final Interval requests;

    WaitForTurrets(
        TurretRoster roster,
        BooleanSupplier ordersAreHeard,
        int wanted,
        long timeoutNanos,
        long now) {
      this.roster = roster;
      this.ordersAreHeard = ordersAreHeard;
      this.wanted = wanted;
      this.timeoutNanos = timeoutNanos;
      this.beginNanos = now;
      this.requests = new Interval(REQUEST_NANOS, now - REQUEST_NANOS);
    }

    boolean isComplete(long now) {
      return ordersAreHeard.getAsBoolean() && roster.ready(now) >= wanted;
    }

    @Override
    public boolean isOver(long now) {
      return isComplete(now) || now - beginNanos >= timeoutNanos;
    }

    @Override
    public List<HqCommand> due(long now) {
      boolean ask = ordersAreHeard.getAsBoolean() && !isComplete(now) && requests.isDue(now);
      return ask ? List.of(new StatusRequest()) : List.of();
    }
  }

  /** The run itself: asks for statuses now and then, and starts turrets that came late. */
  final class Firing implements Stage {
    /** How long nothing is asked after a connection came or came back (docs/protocols.md 1.3). */
    static final long HUSH_NANOS = TimeUnit.SECONDS.toNanos(4);

    private static final long REQUEST_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final TurretRoster roster;
    private final LongSupplier lastConnection;
    private final SetTransactionContext context;
    private final long beginNanos;
    private final long runNanos;
    private final Interval requests;
    private final Interval starts;

    Firing(
        TurretRoster roster,
        LongSupplier lastConnection,
        SetTransactionContext context,
        long runNanos,
        long now) {
      this.roster = roster;
      this.lastConnection = lastConnection;
      this.context = context;
      this.beginNanos = now;
      this.runNanos = runNanos;
      this.requests = new Interval(REQUEST_NANOS, now);
      this.starts = new Interval(HUSH_NANOS, now); // the time in which a turret says Running
    }

    @Override
    public boolean isOver(long now) {
      return now - beginNanos >= runNanos;
    }

    @Override
    public List<HqCommand> due(long now) {
      if (now - lastConnection.getAsLong() < HUSH_NANOS) return List.of();
      if (roster.ready(now) > 0 && starts.isDue(now)) return List.of(context, new Start());
      return requests.isDue(now) ? List.of(new StatusRequest()) : List.of();
    }
  }

  /** After the run: repeats the stop until all turrets are ready again, gone or silent. */
  final class WaitForReady implements Stage {
    private static final long STOP_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(15);

    private final TurretRoster roster;
    private final long stopNanos;
    private final Interval stops;

    WaitForReady(TurretRoster roster, long now) {
      this.roster = roster;
      this.stopNanos = now;
      this.stops = new Interval(STOP_NANOS, now - STOP_NANOS);
    }

    @Override
    public boolean isOver(long now) {
      return roster.areBack(stopNanos, now) || now - stopNanos >= GRACE_NANOS;
    }

    @Override
    public List<HqCommand> due(long now) {
      return stops.isDue(now) ? List.of(new Stop()) : List.of();
    }
  }

  /** At last: results may still come over connections of their own, so it waits for silence. */
  final class WaitForSilence implements Stage {
    private static final long SILENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(15);

    private final LongSupplier results;
    private final long beginNanos;
    private long lastCount;
    private long lastNanos;

    WaitForSilence(LongSupplier results, long now) {
      this.results = results;
      this.beginNanos = now;
      this.lastCount = results.getAsLong();
      this.lastNanos = now;
    }

    @Override
    public boolean isOver(long now) {
      long count = results.getAsLong();
      if (count != lastCount) lastNanos = now;
      lastCount = count;
      return now - lastNanos >= SILENCE_NANOS || now - beginNanos >= GRACE_NANOS;
    }

    @Override
    public List<HqCommand> due(long now) {
      return List.of();
    }
  }

  /** Something that is due at most once in so many nanoseconds. */
  final class Interval {
    private final long nanos;
    private long lastNanos;

    Interval(long nanos, long lastNanos) {
      this.nanos = nanos;
      this.lastNanos = lastNanos;
    }

    boolean isDue(long now) {
      if (now - lastNanos < nanos) return false;
      lastNanos = now;
      return true;
    }
  }
}
