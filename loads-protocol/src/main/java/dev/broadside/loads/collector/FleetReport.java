package dev.broadside.loads.collector;

import dev.broadside.metrics.RunError;
import dev.broadside.metrics.RunResult;
import dev.broadside.metrics.UserCount;
import dev.broadside.metrics.Verdict;
import dev.broadside.report.ReportDetails;
import dev.broadside.report.ReportDetails.DetailTable;
import dev.broadside.report.Units;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A run of external runners as reports show it. Its transactions are the hits by URL, since only
 * hits have times; tests are counted in a table. Errors are those of tests and the statuses of hits
 * that were no success. Its verdicts are what {@link FleetRun#passed} asks for, one by one.
 */
final class FleetReport {
  private static final int MAX_ROWS = 1000;

  private final FleetRun run;
  private final LoadsResult result;

  FleetReport(FleetRun run) {
    this.run = run;
    this.result = run.result();
  }

  RunResult result() {
    RunResult hits = result.requests();
    return new RunResult(
        hits.started(),
        hits.duration(),
        hits.all(),
        hits.transactions(),
        Map.of(),
        hits.groups(),
        errors(),
        counters(),
        expectedUsers(),
        verdicts());
  }

  private List<RunError> errors() {
    return Stream.of(result.run().errors(), result.badStatuses())
        .flatMap(List::stream)
        .sorted(Comparator.comparingLong(RunError::count).reversed())
        .toList();
  }

  /** What was lost. Tests that failed are none of it: they have told how they ended. */
  private Map<String, Long> counters() {
    Map<String, Long> losses = new LinkedHashMap<>();
    losses.put("unfinished tests", result.unfinished());
    losses.put("tests without outcome", result.withoutOutcome());
    losses.put("malformed", result.malformed());
    return losses;
  }

  private List<UserCount> expectedUsers() {
    return run.steps().stream().flatMap(this::expectedUsers).toList();
  }

  private Stream<UserCount> expectedUsers(StepSpan step) {
    Duration began = sinceStart(step.began());
    Duration ended = sinceStart(step.ended());
    return Stream.of(
        new UserCount(began, 0),
        new UserCount(began, step.users()),
        new UserCount(ended, step.users()),
        new UserCount(ended, 0));
  }

  /** The run's time is from its first message to its last. */
  private Duration sinceStart(Instant time) {
    Duration since = Duration.between(result.run().started(), time);
    if (since.isNegative()) return Duration.ZERO;
    return since.compareTo(result.run().duration()) < 0 ? since : result.run().duration();
  }

  private List<Verdict> verdicts() {
    return List.of(
        none("failed tests", result.failures() + result.errors()),
        none("users that died, were late or never reported", run.troubles().size()),
        none("messages that could not be read", result.malformed()),
        none("times the run was broken off", run.stopped() ? 1 : 0));
  }

  private static Verdict none(String what, long count) {
    return new Verdict(what + " = 0", count == 0, Units.count(count), false);
  }

  /** The details with the tables of this run. */
  ReportDetails details(ReportDetails details) {
    List<DetailTable> tables = new ArrayList<>(details.tables());
    tables.add(counts());
    tables.add(tests());
    addUnlessEmpty(tables, "Users of whom less came than was asked for", run.troubles());
    addUnlessEmpty(tables, "Users whose runner went on without them", run.orphans());
    return new ReportDetails(details.title(), details.version(), tables, details.configuration());
  }

  private DetailTable counts() {
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("users", (long) result.users());
    counts.put("tests that passed", result.successes());
    counts.put("tests that failed", result.failures());
    counts.put("tests with an error", result.errors());
    counts.put("sockets opened", result.sockets().opened());
    counts.put("sockets closed", result.sockets().closed());
    counts.put("socket messages", result.sockets().messages());
    counts.put("socket bytes", result.sockets().bytes());
    result.counters().forEach((name, count) -> counts.put("counter " + name, count));
    Stream<List<String>> rows =
        counts.entrySet().stream()
            .map(count -> List.of(count.getKey(), Units.count(count.getValue())));
    return new DetailTable("Counts", List.of("what", "count"), rows(rows));
  }

  private DetailTable tests() {
    List<String> columns =
        List.of("test", "started", "passed", "failed", "errors", "unfinished", "without outcome");
    return new DetailTable(
        "Tests", columns, rows(result.tests().entrySet().stream().map(FleetReport::row)));
  }

  private static List<String> row(Map.Entry<String, TestCounts> test) {
    TestCounts counts = test.getValue();
    return List.of(
        test.getKey(),
        Units.count(counts.started()),
        Units.count(counts.successes()),
        Units.count(counts.failures()),
        Units.count(counts.errors()),
        Units.count(counts.unfinished()),
        Units.count(counts.withoutOutcome()));
  }

  private static void addUnlessEmpty(
      List<DetailTable> tables, String title, List<UserTrouble> users) {
    if (users.isEmpty()) return;
    List<String> columns = List.of("step", "user", "what happened");
    tables.add(new DetailTable(title, columns, rows(users.stream().map(FleetReport::row))));
  }

  private static List<String> row(UserTrouble user) {
    return List.of(Integer.toString(user.step()), Integer.toString(user.user()), user.what());
  }

  private static List<List<String>> rows(Stream<List<String>> rows) {
    return rows.limit(MAX_ROWS).toList();
  }
}
