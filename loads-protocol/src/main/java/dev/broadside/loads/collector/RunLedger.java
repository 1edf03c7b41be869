package dev.broadside.loads.collector;

import dev.broadside.loads.protocol.ExcInfo;
import dev.broadside.loads.protocol.LoadsMessage;
import dev.broadside.loads.protocol.LoadsMessage.AddError;
import dev.broadside.loads.protocol.LoadsMessage.AddFailure;
import dev.broadside.loads.protocol.LoadsMessage.AddHit;
import dev.broadside.loads.protocol.LoadsMessage.AddSuccess;
import dev.broadside.loads.protocol.LoadsMessage.IncrCounter;
import dev.broadside.loads.protocol.LoadsMessage.SocketClose;
import dev.broadside.loads.protocol.LoadsMessage.SocketMessage;
import dev.broadside.loads.protocol.LoadsMessage.SocketOpen;
import dev.broadside.loads.protocol.LoadsMessage.StartTest;
import dev.broadside.loads.protocol.LoadsMessage.StopTest;
import dev.broadside.loads.protocol.LoadsReport;
import dev.broadside.loads.protocol.LoadsStatus;
import dev.broadside.metrics.BoundedNames;
import dev.broadside.metrics.RunRecorder;
import dev.broadside.metrics.RunResult;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The figures of one run, or of all that a collector hears of. Guarded by its owner. What peers can
 * multiply is bounded: names as in {@link RunRecorder}, users and open tests by {@link #MAX_KEYS}.
 */
final class RunLedger {
  private static final int MAX_KEYS = 100_000;

  private final RunRecorder tests;
  private final RunRecorder hits;
  private final BoundedNames<TestTally> tallies;
  private final BoundedNames<AtomicLong> counters;
  private final Map<OpenTest, Long> openTests = new HashMap<>();
  private final Set<User> users = new HashSet<>();
  private final Instant started;
  private final long startNanos;
  private long lastNanos;
  private long opened;
  private long closed;
  private long socketMessages;
  private long socketBytes;

  /** What tells tests apart that go on at once. */
  private record OpenTest(String runId, String agentId, String test, LoadsStatus status) {}

  private record User(String runId, String agentId, int hits, int users, int user) {}

  RunLedger(int maxNames, Instant started, long startNanos) {
    tests = RunRecorder.builder().maxLabels(maxNames).build();
    hits = RunRecorder.builder().maxLabels(maxNames).build();
    tallies = new BoundedNames<>(maxNames, TestTally::new);
    counters = new BoundedNames<>(maxNames, AtomicLong::new);
    this.started = started;
    this.startNanos = startNanos;
    this.lastNanos = startNanos;
  }

  /** Takes a message down. In a batch, whose order is lost, starts have to come first. */
  void record(LoadsReport report, LoadsMessage message, long nowNanos) {
    lastNanos = nowNanos;
    see(report, message.loadsStatus());
    if (message instanceof AddHit hit) hits.record(lastArrival().measurement(report, hit));
    else if (message instanceof StartTest start) start(report, start);
    else if (message instanceof StopTest stop) stop(report, stop);
    else if (message instanceof SocketOpen) opened++;
    else if (message instanceof SocketClose) closed++;
    else if (message instanceof SocketMessage socket) count(socket);
    else if (message instanceof IncrCounter counter) counters.at(counter.name()).incrementAndGet();
    else outcome(report, message);
  }

  /** That of the message that was taken down last. */
  Arrival lastArrival() {
    return new Arrival(started, lastNanos - startNanos);
  }

  private void see(LoadsReport report, @Nullable LoadsStatus status) {
    if (status == null || users.size() >= MAX_KEYS) return;
    users.add(
        new User(
            report.runId(),
            report.agentId(),
            status.totalHits(),
            status.totalUsers(),
            status.currentUser()));
  }

  private void start(LoadsReport report, StartTest start) {
    tallies.at(start.test()).started();
    if (openTests.size() >= MAX_KEYS) return;
    openTests.put(key(report, start.test(), start.loadsStatus()), lastNanos);
  }

  private void stop(LoadsReport report, StopTest stop) {
    tallies.at(stop.test()).stopped();
    openTests.remove(key(report, stop.test(), stop.loadsStatus()));
  }

  private static OpenTest key(LoadsReport report, String test, LoadsStatus status) {
    return new OpenTest(report.runId(), report.agentId(), test, status);
  }

  private void count(SocketMessage message) {
    socketMessages++;
    socketBytes += message.size();
  }

  private void outcome(LoadsReport report, LoadsMessage message) {
    if (message instanceof AddSuccess success) {
      tallies.at(success.test()).succeeded();
      test(report, success.test(), success.loadsStatus(), null);
    } else if (message instanceof AddFailure failure) {
      tallies.at(failure.test()).failed();
      test(report, failure.test(), failure.loadsStatus(), text(failure.excInfo()));
    } else if (message instanceof AddError error) {
      tallies.at(error.test()).broke();
      test(report, error.test(), error.loadsStatus(), text(error.excInfo()));
    }
  }

  private void test(LoadsReport report, String test, LoadsStatus status, @Nullable String error) {
    long began = openTests.getOrDefault(key(report, test, status), lastNanos);
    tests.record(lastArrival().measurement(report, test, lastNanos - began, error));
  }

  /** As the original shows it, whichever of the two stands first. */
  private static String text(ExcInfo exception) {
    String text =
        exception.message().isEmpty()
            ? exception.className()
            : exception.className() + ": " + exception.message();
    return text.isEmpty() ? "(no text)" : text;
  }

  LoadsResult result(long malformed) {
    Duration duration = Duration.ofNanos(lastNanos - startNanos);
    RunResult requests = hits.result(started, duration, Map.of());
    Map<String, Long> own = copy(counters, AtomicLong::get);
    return new LoadsResult(
        run(requests, duration, own, malformed),
        requests,
        copy(tallies, TestTally::counts),
        new SocketCounts(opened, closed, socketMessages, socketBytes),
        own,
        users.size(),
        malformed);
  }

  private RunResult run(RunResult hits, Duration duration, Map<String, Long> own, long malformed) {
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("hits", hits.all().count());
    counts.put("hits without success", hits.all().failures());
    counts.put("sockets opened", opened);
    counts.put("sockets closed", closed);
    counts.put("socket messages", socketMessages);
    counts.put("socket bytes", socketBytes);
    counts.put("malformed", malformed);
    own.forEach((name, count) -> counts.put("counter " + name, count));
    RunResult byTest = tests.result(started, duration, counts);
    return new RunResult(
        started,
        duration,
        byTest.all(),
        byTest.transactions(),
        hits.transactions(),
        byTest.groups(),
        byTest.errors(),
        counts,
        List.of(),
        List.of());
  }

  private static <V, C> Map<String, C> copy(BoundedNames<V> names, Function<V, C> each) {
    Map<String, C> copy = new LinkedHashMap<>();
    names.sorted().forEach((name, value) -> copy.put(name, each.apply(value)));
    return copy;
  }
}
