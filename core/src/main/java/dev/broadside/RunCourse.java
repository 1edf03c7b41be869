package dev.broadside;

import dev.broadside.metrics.RunRecorder;
import dev.broadside.metrics.RunResult;
import dev.broadside.metrics.ThresholdWatch;
import dev.broadside.metrics.TimeSeries;
import dev.broadside.users.RunScope;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The course of a run: its scenarios, each on a thread of its own, and once a second a look at
 * their thresholds and a word to the listener, until the last of them has ended.
 */
final class RunCourse {
  private static final Logger LOG = System.getLogger(RunCourse.class.getName());
  private static final Duration UNKNOWN = Duration.ofHours(1); // of a run whose length nobody knows
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  final Broadside plan;
  final RunRecorder recorder;
  final RunScope scope = new RunScope();
  final StartingLine line;
  private final ThresholdWatch watch;
  private final RunReport report;
  private final @Nullable Duration length;
  private final List<ScenarioRun> scenarios;
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicLong endNanos;

  RunCourse(Broadside plan, List<Load> loads) {
    this.plan = plan;
    this.length = Load.length(loads);
    this.recorder = RunRecorder.builder().interval(interval(length)).build();
    this.line = new StartingLine(loads.size());
    this.watch = new ThresholdWatch(plan.thresholds());
    this.endNanos = new AtomicLong(length == null ? Long.MAX_VALUE : length.toNanos());
    this.scenarios = loads.stream().map(load -> new ScenarioRun(load, this)).toList();
    this.report = new RunReport(loads, scenarios, scope);
  }

  private static Duration interval(@Nullable Duration length) {
    return TimeSeries.intervalFor(length == null ? UNKNOWN : length);
  }

  /** Conducts it from the first user to the last, and gives what came of it. */
  RunResult conduct(LoadRun run) {
    scenarios.forEach(this::start);
    tell(listener -> listener.started(run));
    while (!endedBefore(nextSecond())) look();
    scope.close();
    endAt(nanos());
    RunResult figures = report.complete(recorder.result(started(), age(), report.counters()));
    return figures.withVerdicts(watch.verdictsWithDefaults(figures));
  }

  private void start(ScenarioRun scenario) {
    Thread thread = new Thread(scenario::run, scenario.title() + "-load");
    thread.setDaemon(true);
    try {
      thread.start();
      threads.add(thread);
    } catch (OutOfMemoryError e) {
      line.arrive();
      report.fail("the system refused a thread: " + scenario.title() + " did not start");
      stop();
    }
  }

  private long nextSecond() {
    return (nanos() / SECOND + 1) * SECOND;
  }

  /** Waits until all scenarios have ended; false when the moment comes first. */
  private boolean endedBefore(long nanos) {
    for (Thread thread : threads) {
      try {
        thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos - nanos())));
      } catch (InterruptedException e) {
        return false; // by a listener: it concerns nobody here
      }
      if (thread.isAlive()) return false;
    }
    return true;
  }

  private void look() {
    if (watch.isBroken(recorder, age())) stop();
    tell(listener -> listener.progress(progress()));
  }

  void tell(Consumer<RunListener> news) {
    try {
      news.accept(plan.listener());
    } catch (RuntimeException | Error e) {
      LOG.log(Level.WARNING, "the listener of " + plan.name() + " failed", e);
    }
  }

  void stop() {
    endAt(nanos());
    line.open();
    scenarios.forEach(ScenarioRun::stop);
  }

  void interrupted() {
    report.fail("the thread that waited for the end was interrupted, which ended the run");
    stop();
  }

  /** Nothing that comes later belongs to the time of the run. */
  private void endAt(long nanos) {
    endNanos.accumulateAndGet(nanos, Math::min);
  }

  private long nanos() {
    return line.nanosSince();
  }

  private Instant started() {
    return Instant.now().minusNanos(nanos());
  }

  private Duration age() {
    return Duration.ofNanos(Math.min(nanos(), endNanos.get()));
  }

  RunProgress progress() {
    Duration age = age();
    return new RunProgress(
        age,
        length,
        scenarios.stream().mapToInt(ScenarioRun::active).sum(),
        recorder.count(),
        recorder.failures(),
        recorder.all(age).starts(),
        recorder.recent(age));
  }
}
