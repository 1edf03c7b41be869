package dev.broadside.loads.collector;

import dev.broadside.loads.collector.RunnerProcess.End;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * One step going on: starts the processes of its users, waits for them, and ends those that outstay
 * the step's limit, first by SIGTERM to their groups, then by SIGKILL. One thread conducts it; any
 * may stop it.
 */
final class StepRun {
  private static final long TELL_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long KILLED_NANOS = TimeUnit.SECONDS.toNanos(5); // a killed one ends at once

  private final FleetStep step;
  private final RunnerLauncher launcher;
  private final Duration grace;
  private final Runnable onSecond;
  private final List<RunnerProcess> users = new CopyOnWriteArrayList<>(); // kill() reads it
  private final long startNanos = System.nanoTime();
  private volatile int living;
  private boolean stopped; // guarded by this

  StepRun(FleetStep step, RunnerLauncher launcher, Duration grace, Runnable onSecond) {
    this.step = step;
    this.launcher = launcher;
    this.grace = grace;
    this.onSecond = onSecond;
  }

  FleetStep step() {
    return step;
  }

  /** How many of its processes have not ended. Any thread may ask. */
  int living() {
    return living;
  }

  /** How long it has gone on. Any thread may ask. */
  Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - startNanos);
  }

  /** Has it end now rather than at its limit. */
  synchronized void stop() {
    stopped = true;
    notifyAll();
  }

  /** Kills what runs now. */
  void kill() {
    Set<Process> unused = ProcessGroups.kill(processes(users));
  }

  private synchronized boolean isStopped() {
    return stopped;
  }

  /**
   * Does the whole step.
   *
   * @return its users, all of whose processes have ended
   */
  List<RunnerProcess> conduct() throws InterruptedException {
    try {
      startAll();
      awaitEnds(startNanos + step.limit().toNanos(), true);
      terminateRest();
    } finally {
      killRest();
    }
    return users;
  }

  private void startAll() {
    for (int user = 1; user <= step.users() && !isStopped(); user++) users.add(started(user));
  }

  private RunnerProcess started(int user) {
    try {
      Process process = launcher.start(step, user);
      RunnerProcess runner = RunnerProcess.started(user, process);
      count(1);
      var unused = process.onExit().thenRun(() -> count(-1));
      return runner;
    } catch (IOException e) {
      return RunnerProcess.notStarted(user, e);
    }
  }

  private synchronized void count(int more) {
    living = living + more;
    notifyAll();
  }

  private void terminateRest() throws InterruptedException {
    List<RunnerProcess> rest = users.stream().filter(RunnerProcess::isAlive).toList();
    if (rest.isEmpty()) return;
    End end = isStopped() ? End.STOPPED : End.LATE;
    rest.forEach(runner -> runner.endedBy(end));
    ProcessGroups.terminate(processes(rest));
    awaitEnds(System.nanoTime() + grace.toNanos(), false);
  }

  /** Ends what is left, orphans of runners that have ended themselves included. */
  private void killRest() throws InterruptedException {
    List<RunnerProcess> stubborn = users.stream().filter(RunnerProcess::isAlive).toList();
    Set<Process> reached = ProcessGroups.kill(processes(users));
    for (RunnerProcess runner : users) {
      if (stubborn.contains(runner)) runner.killed();
      else runner.leftProcesses(runner.isAmong(reached));
    }
    awaitEnds(System.nanoTime() + KILLED_NANOS, false);
  }

  private static Collection<Process> processes(List<RunnerProcess> runners) {
    return runners.stream().flatMap(RunnerProcess::process).toList();
  }

  /** Waits until all have ended, or the deadline, or a stop; tells of itself meanwhile. */
  private void awaitEnds(long deadline, boolean stoppable) throws InterruptedException {
    long told = System.nanoTime();
    while (awaitChange(Math.min(deadline, told + TELL_NANOS), stoppable)) {
      if (System.nanoTime() - deadline >= 0) return;
      onSecond.run();
      told = System.nanoTime();
    }
  }

  /** Returns whether there is still something to wait for at that time. */
  private synchronized boolean awaitChange(long nanos, boolean stoppable)
      throws InterruptedException {
    while (living > 0 && !(stoppable && stopped)) {
      long left = nanos - System.nanoTime();
      if (left <= 0) return true;
      TimeUnit.NANOSECONDS.timedWait(this, left + 1_000_000);
    }
    return false;
  }
}
