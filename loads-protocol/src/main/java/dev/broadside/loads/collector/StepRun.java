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
  private static final long LOOK_MILLIS = 10;
  private static final long TELL_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long KILLED_NANOS = TimeUnit.SECONDS.toNanos(5); // a killed one ends at once

  private final FleetStep step;
  private final RunnerLauncher launcher;
  private final Duration grace;
  private final Runnable onSecond;
  private final List<RunnerProcess> users = new CopyOnWriteArrayList<>(); // kill() reads it
  private final long startNanos = System.nanoTime();
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
    return (int) users.stream().filter(RunnerProcess::isAlive).count();
  }

  /** How long it has gone on. Any thread may ask. */
  Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - startNanos);
  }

  /** Has it end now rather than at its limit. */
  synchronized void stop() {
    stopped = true;
  }

  /** Kills what runs; nothing is started afterwards. */
  void kill() {
    stop();
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
    int user = 1;
    while (user <= step.users() && start(user)) user++;
  }

  /** Under the lock, so that what stops the step sees every process that was started. */
  private synchronized boolean start(int user) {
    if (stopped) return false;
    try {
      users.add(RunnerProcess.started(user, launcher.start(step, user)));
    } catch (IOException e) {
      users.add(RunnerProcess.notStarted(user, e));
    }
    return true;
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

  /**
   * Waits until all have ended, or the deadline, or a stop; tells of itself meanwhile. Processes
   * are looked at, since what could tell of their ends, {@code Process.onExit}, wants a thread of
   * the common pool: who conducts this on such a thread might wait for itself.
   */
  private void awaitEnds(long deadline, boolean stoppable) throws InterruptedException {
    long told = System.nanoTime();
    while (living() > 0 && deadline - System.nanoTime() > 0 && !(stoppable && isStopped())) {
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      if (System.nanoTime() - told < TELL_NANOS) continue;
      told += TELL_NANOS;
      onSecond.run();
    }
  }
}
