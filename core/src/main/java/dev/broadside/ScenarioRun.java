package dev.broadside;

import dev.broadside.metrics.Latencies;
import dev.broadside.metrics.Measurement;
import dev.broadside.metrics.RunNote;
import dev.broadside.metrics.RunRecorder;
import dev.broadside.users.Labeled;
import dev.broadside.users.ResultSink;
import dev.broadside.users.Transaction;
import dev.broadside.users.UserContext;
import dev.broadside.users.UserPool;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One scenario of a run: its users, and what it has to tell. */
final class ScenarioRun implements ResultSink {
  private static final Logger LOG = System.getLogger(ScenarioRun.class.getName());

  private final Load load;
  private final RunCourse course;
  private final RunRecorder recorder;
  private final UserPool pool;
  private final Map<String, Long> seeds = new LinkedHashMap<>();
  private final List<RunNote> failures = new CopyOnWriteArrayList<>();
  private final AtomicLong unlabelled = new AtomicLong(); // dropped before there was a label
  private boolean arrived;
  private volatile @Nullable String label; // of a scenario that does one thing, once it is known

  ScenarioRun(Load load, RunCourse course) {
    this.load = load;
    this.course = course;
    this.recorder = course.recorder;
    Broadside plan = course.plan;
    this.pool =
        UserPool.builder(labelled(load.scenario().factory(load.title(), seeds)), this)
            .profile(load.profile())
            .label(load.title())
            .group(load.title())
            .threadName(load.title())
            .threads(plan.threads())
            .settings(plan.settings())
            .grace(plan.grace())
            .scope(course.scope)
            .beginning(this::beginning)
            .onEndRun(course::stop)
            .build();
  }

  private Function<UserContext, Transaction> labelled(Function<UserContext, Transaction> factory) {
    if (!load.scenario().isSingle()) return factory;
    return user -> {
      Transaction made = factory.apply(user);
      if (label == null) label = Labeled.labelOf(made, load.title());
      return made;
    };
  }

  /** Makes the load on the calling thread; returns when all users have ended. */
  void run() {
    try {
      pool.run();
    } catch (RuntimeException | Error e) {
      LOG.log(Level.WARNING, "the load of " + load.title() + " broke off", e);
      failures.add(new RunNote("the load broke off: " + e, true));
      course.stop();
    }
    arrive();
    tellUnlabelled();
  }

  private long beginning() {
    arrive();
    return course.line.beginning();
  }

  private void arrive() {
    if (!arrived) course.line.arrive();
    arrived = true;
  }

  void stop() {
    pool.stop();
  }

  @Override
  public void accept(Measurement measurement) {
    recorder.record(measurement);
  }

  @Override
  public void abandoned(Measurement measurement) {
    recorder.record(measurement);
  }

  @Override
  public void dropped(long count) {
    unlabelled.addAndGet(count);
    if (label != null || !load.scenario().isSingle()) tellUnlabelled();
  }

  private void tellUnlabelled() {
    long count = unlabelled.getAndSet(0);
    if (count > 0) recorder.dropped(label, load.title(), count);
  }

  @Override
  public void unstarted(long count, Duration longestWait) {
    recorder.unstarted(label, load.title(), count, longestWait);
  }

  int active() {
    return pool.active();
  }

  int abandoned() {
    return pool.abandoned();
  }

  Latencies schedulerError() {
    return pool.schedule().schedulerError();
  }

  /** What random draws began with, by what was drawn. */
  Map<String, Long> seeds() {
    Map<String, Long> all = new LinkedHashMap<>(seeds);
    all.putAll(pool.seeds());
    return all;
  }

  /** What is to be said about it. */
  List<RunNote> notes() {
    return Stream.concat(pool.notes().stream(), failures.stream()).toList();
  }

  String title() {
    return load.title();
  }
}
