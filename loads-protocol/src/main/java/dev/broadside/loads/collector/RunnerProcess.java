package dev.broadside.loads.collector;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The process of one user of a step, and how it ended. Used by the thread that conducts it. */
final class RunnerProcess {
  /** Who has ended it. */
  enum End {
    /** The runner itself. */
    ITSELF,
    /** The fleet, at the limit of the step. */
    LATE,
    /** The fleet, which was stopped. */
    STOPPED
  }

  private static final int SIGNAL_BASE = 128;
  private static final Map<Integer, String> SIGNALS =
      Map.of(
          1, "SIGHUP", 2, "SIGINT", 3, "SIGQUIT", 4, "SIGILL", 6, "SIGABRT", 7, "SIGBUS", 8,
          "SIGFPE", 9, "SIGKILL", 11, "SIGSEGV", 15, "SIGTERM");

  private final int user;
  private final @Nullable Process process;
  private final @Nullable IOException fault;
  private End end = End.ITSELF;
  private boolean killed;
  private boolean leftProcesses;

  private RunnerProcess(int user, @Nullable Process process, @Nullable IOException fault) {
    this.user = user;
    this.process = process;
    this.fault = fault;
  }

  static RunnerProcess started(int user, Process process) {
    return new RunnerProcess(user, process, null);
  }

  static RunnerProcess notStarted(int user, IOException fault) {
    return new RunnerProcess(user, null, fault);
  }

  int user() {
    return user;
  }

  /** Its process, if it was started. */
  Stream<Process> process() {
    return Stream.ofNullable(process);
  }

  boolean isAlive() {
    return process != null && process.isAlive();
  }

  boolean isAmong(Set<Process> processes) {
    return process != null && processes.contains(process);
  }

  void endedBy(End end) {
    this.end = end;
  }

  /** SIGTERM was not enough. */
  void killed() {
    killed = true;
  }

  void leftProcesses(boolean left) {
    leftProcesses = left;
  }

  /** Whether it has ended itself, and others of its group went on. */
  boolean hasLeftProcesses() {
    return leftProcesses && end == End.ITSELF;
  }

  /** Whether it was ended with the run, and so cannot be blamed. */
  boolean wasStopped() {
    return end == End.STOPPED;
  }

  boolean wasLate() {
    return end == End.LATE;
  }

  boolean wasKilled() {
    return killed;
  }

  /** Why it was not started; null if it was. */
  @Nullable IOException fault() {
    return fault;
  }

  /** What it said at its end; 0 if it was not started. */
  int exitCode() {
    return process == null || process.isAlive() ? 0 : process.exitValue();
  }

  /** Whether a signal has ended it, or it says so. */
  boolean wasSignalled() {
    return exitCode() > SIGNAL_BASE;
  }

  /** Its exit code, with the signal that it stands for. */
  String exitCodeInWords() {
    String signal = SIGNALS.get(exitCode() - SIGNAL_BASE);
    return "exit code " + exitCode() + (signal == null ? "" : " (" + signal + ")");
  }
}
