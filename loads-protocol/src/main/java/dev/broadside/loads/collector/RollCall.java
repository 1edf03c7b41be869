package dev.broadside.loads.collector;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Finds the users of a step of whom less came than was asked for. */
final class RollCall {
  private final FleetStep step;
  private final Attendance attendance;

  RollCall(FleetStep step, Attendance attendance) {
    this.step = step;
    this.attendance = attendance;
  }

  /** Those that died, were late, or never reported. */
  List<UserTrouble> troubles(List<RunnerProcess> users) {
    List<UserTrouble> troubles = new ArrayList<>();
    for (RunnerProcess runner : users) {
      List<String> faults = runner.wasStopped() ? List.of() : faults(runner);
      if (!faults.isEmpty()) troubles.add(trouble(runner, String.join(", ", faults)));
    }
    return troubles;
  }

  /** Those whose processes went on without them. */
  List<UserTrouble> orphans(List<RunnerProcess> users) {
    return users.stream()
        .filter(RunnerProcess::hasLeftProcesses)
        .map(runner -> trouble(runner, "left processes behind, which were killed"))
        .toList();
  }

  private UserTrouble trouble(RunnerProcess runner, String what) {
    return new UserTrouble(step.number(), runner.user(), what);
  }

  private List<String> faults(RunnerProcess runner) {
    IOException fault = runner.fault();
    if (fault != null) return List.of("could not be started: " + fault.getMessage());
    List<String> faults = new ArrayList<>();
    if (runner.wasLate()) faults.add(late(runner));
    else if (hasDied(runner)) faults.add(runner.exitCodeInWords());
    if (!attendance.hasReported(runner.user())) faults.add("never reported");
    return faults;
  }

  private String late(RunnerProcess runner) {
    double seconds = step.limit().toMillis() / 1e3;
    String late = String.format(Locale.ROOT, "still running after %.0f s", seconds);
    return late + (runner.wasKilled() ? ", killed since it did not end by SIGTERM" : ", ended");
  }

  /** Many runners tell a failed test by their exit code; that is no death. */
  private boolean hasDied(RunnerProcess runner) {
    if (runner.exitCode() == 0) return false;
    return runner.wasSignalled() || !attendance.hasFailed(runner.user());
  }
}
