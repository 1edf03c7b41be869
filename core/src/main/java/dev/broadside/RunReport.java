package dev.broadside;

import dev.broadside.metrics.Latencies;
import dev.broadside.metrics.RunNote;
import dev.broadside.metrics.RunResult;
import dev.broadside.users.RunScope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the scenarios of a run have to tell besides what was measured. */
final class RunReport {
  private static final String NOTHING = "nothing ran: no iteration came to its end";

  private final List<Load> loads;
  private final List<ScenarioRun> scenarios;
  private final RunScope scope;
  private final List<RunNote> failures = new CopyOnWriteArrayList<>();

  RunReport(List<Load> loads, List<ScenarioRun> scenarios, RunScope scope) {
    this.loads = loads;
    this.scenarios = scenarios;
    this.scope = scope;
  }

  /** The run has failed. */
  void fail(String why) {
    RunNote failure = new RunNote(why, true);
    if (!failures.contains(failure)) failures.add(failure);
  }

  Map<String, Long> counters() {
    long abandoned = scenarios.stream().mapToLong(ScenarioRun::abandoned).sum();
    return Map.of("abandoned users", abandoned);
  }

  /** What was measured, and the rest. Nothing at all is a failure, unless it has a reason. */
  RunResult complete(RunResult measured) {
    if (measured.all().count() == 0 && notes().isEmpty()) fail(NOTHING);
    return measured
        .withExpectedUsers(ExpectedUsers.of(loads, measured.duration()))
        .withGenerator(schedulerError(), seeds(), notes());
  }

  private Latencies schedulerError() {
    return scenarios.stream()
        .map(ScenarioRun::schedulerError)
        .reduce(Latencies.EMPTY, Latencies::plus);
  }

  private Map<String, Long> seeds() {
    Map<String, Long> all = new LinkedHashMap<>();
    for (ScenarioRun each : scenarios) {
      each.seeds().forEach((drawn, seed) -> all.put(of(each, drawn), seed));
    }
    all.putAll(scope.seeds());
    return all;
  }

  private List<RunNote> notes() {
    List<RunNote> all = new ArrayList<>(failures);
    for (ScenarioRun each : scenarios) {
      each.notes().forEach(note -> all.add(new RunNote(of(each, note.text()), note.failure())));
    }
    return all;
  }

  /** Says which scenario is meant, where there are several. */
  private String of(ScenarioRun scenario, String text) {
    return scenarios.size() == 1 ? text : scenario.title() + ": " + text;
  }
}
