package dev.broadside.loads.collector;

import dev.broadside.loads.protocol.LoadsMessage;
import dev.broadside.loads.protocol.LoadsMessage.StartTest;
import dev.broadside.loads.protocol.LoadsMessage.StopTest;
import dev.broadside.loads.protocol.LoadsReport;
import dev.broadside.metrics.BoundedNames;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The figures of each run and of all together. Thread-safe: the receiving thread writes and anyone
 * may read, under one lock that is hardly ever contended.
 */
final class Ledgers {
  private static final int MAX_RUNS = 100;

  /** A batch says what happened, not in which order. */
  private static final Comparator<LoadsMessage> STARTS_FIRST =
      Comparator.comparingInt(
          message -> message instanceof StartTest ? 0 : message instanceof StopTest ? 2 : 1);

  private final int maxNames;
  private final InstantSource wall;
  private final LongSupplier nanos;
  private final BoundedNames<RunLedger> runs;
  private @Nullable RunLedger all; // from the first message on
  private long nowNanos;

  Ledgers(int maxNames, InstantSource wall, LongSupplier nanos) {
    this.maxNames = maxNames;
    this.wall = wall;
    this.nanos = nanos;
    this.runs = new BoundedNames<>(MAX_RUNS, this::newLedger);
  }

  private RunLedger newLedger() {
    return new RunLedger(maxNames, wall.instant(), nowNanos);
  }

  /** Takes a report down, and tells where it belongs on the time axis of all runs together. */
  synchronized Arrival record(LoadsReport report) {
    nowNanos = nanos.getAsLong();
    RunLedger together = together();
    RunLedger run = runs.at(report.runId());
    for (LoadsMessage message : ordered(report.messages())) {
      together.record(report, message, nowNanos);
      run.record(report, message, nowNanos);
    }
    return together.lastArrival();
  }

  private RunLedger together() {
    RunLedger ledger = all == null ? newLedger() : all;
    all = ledger;
    return ledger;
  }

  private static List<LoadsMessage> ordered(List<LoadsMessage> messages) {
    return messages.size() == 1 ? messages : messages.stream().sorted(STARTS_FIRST).toList();
  }

  synchronized Set<String> runIds() {
    return runs.sorted().keySet();
  }

  synchronized LoadsResult result(long malformed) {
    nowNanos = nanos.getAsLong();
    return (all == null ? newLedger() : all).result(malformed);
  }

  /** Null if nothing was heard of this run. */
  synchronized @Nullable LoadsResult result(String runId, long malformed) {
    RunLedger run = runs.sorted().get(runId);
    return run == null ? null : run.result(malformed);
  }
}
