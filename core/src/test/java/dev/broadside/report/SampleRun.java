package dev.broadside.report;

import dev.broadside.metrics.Measurement;
import dev.broadside.metrics.RunRecorder;
import dev.broadside.metrics.RunResult;
import dev.broadside.metrics.UserCount;
import dev.broadside.metrics.Verdict;
import dev.broadside.report.ReportDetails.DetailTable;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A run of a small shop as it might have been: a ramp-up, a minute of trouble, some errors. */
final class SampleRun {
  static final Instant STARTED = Instant.parse("2026-11-22T05:40:00Z");
  static final ReportDetails DETAILS =
      new ReportDetails(
          "Checkout under the Friday load",
          "Broadside 0.1.0",
          List.of(
              new DetailTable(
                  "Turrets",
                  List.of("Turret", "State", "Cannons", "Ramp-up", "Clock skew"),
                  List.of(
                      List.of("browse", "ready", "60", "40 s", "0.4 ms"),
                      List.of("checkout", "ready", "25", "60 s", "12 ms"),
                      List.of("search", "ready", "35", "40 s", "-1 ms")))),
          """
          {"run_time": 300, "turrets": [{"name": "browse", "cannons": 60, "rampup": 40},
           {"name": "checkout", "cannons": 25, "rampup": 60}, {"name": "search", "cannons": 35}],
           "thresholds": ["p(95) < 250ms", "errors < 1%", "checkout: p(99) < 500ms"]}
          """);

  static final int SECONDS = 300;

  private final Random random = new Random(7);
  private final RunRecorder recorder = RunRecorder.create();

  private SampleRun() {}

  static RunResult result() {
    return new SampleRun().run();
  }

  private RunResult run() {
    for (int second = 0; second < SECONDS; second++) {
      double users = Math.min(1, second / 45.0);
      double trouble =
          Math.exp(-Math.pow((second - 190) / 14.0, 2)); // 0 to 1, at its worst at 3:10
      fire("browse", second, 400 * users, 18 + 90 * trouble, 0.0004, "list", "picture");
      fire("search", second, 250 * users, 42 + 260 * trouble, 0.001, "suggest", "results");
      fire(
          "checkout",
          second,
          70 * users,
          95 + 900 * trouble,
          0.002 + 0.06 * trouble,
          "pay",
          "mail");
    }
    RunResult result = recorder.result(STARTED, Duration.ofSeconds(SECONDS), counters());
    return result
        .withExpectedUsers(
            List.of(users(0, 0), users(40, 112), users(60, 120), users(SECONDS, 120)))
        .withVerdicts(verdicts(result));
  }

  private static List<Verdict> verdicts(RunResult result) {
    Duration p95 = result.all().service().p(95);
    Duration p99 = result.transaction("checkout").service().p(99);
    return List.of(
        new Verdict("p(95) < 250ms", p95.toMillis() < 250, Units.time(p95), false),
        new Verdict("errors < 1%", true, "0.07 %", true),
        new Verdict("checkout: p(99) < 500ms", p99.toMillis() < 500, Units.time(p99), false));
  }

  private static UserCount users(int second, double users) {
    return new UserCount(Duration.ofSeconds(second), users);
  }

  private static Map<String, Long> counters() {
    Map<String, Long> counters = new LinkedHashMap<>();
    counters.put("malformed", 3L);
    counters.put("refused outside a run", 0L);
    counters.put("not stored", 0L);
    return counters;
  }

  private void fire(
      String label, int second, double perSecond, double millis, double errors, String... timers) {
    int count =
        (int) (perSecond * (0.96 + 0.08 * random.nextDouble()) * 18 / (millis + 18 - millis / 2));
    for (int i = 0; i < count; i++) {
      long start = second * 1_000_000_000L + random.nextInt(1_000_000_000);
      boolean fails = random.nextDouble() < errors;
      double took = fails && random.nextBoolean() ? 2 : millis * logNormal();
      long nanos = (long) (took * 1e6);
      Map<String, Long> parts = Map.of(timers[0], nanos * 2 / 3, timers[1], nanos / 4);
      recorder.record(
          new Measurement(label, label, start, nanos, fails ? error(took) : null, parts));
    }
  }

  private double logNormal() {
    return Math.exp(random.nextGaussian() * 0.45) + (random.nextInt(400) == 0 ? 3 : 0);
  }

  private String error(double took) {
    if (took == 2) return "java.net.ConnectException: Connection refused";
    return random.nextInt(4) == 0
        ? "java.lang.IllegalStateException: no price for \"espresso machine, 2 cups\""
        : "java.io.IOException: HTTP 503 from http://shop/checkout";
  }

  /** A run of many transactions and timers, each over the whole of its hundred intervals. */
  static RunResult ofManyLabels(int labels) {
    RunRecorder recorder = RunRecorder.create();
    Random random = new Random(7);
    for (int second = 0; second < 600; second++) {
      for (int label = 0; label < labels; label++) {
        for (int i = 0; i < 3; i++) {
          String name = "request " + label;
          long nanos = (long) (1e6 * (1 + label) * Math.exp(random.nextGaussian()));
          long start = second * 1_000_000_000L;
          @Nullable String error = random.nextInt(500) == 0 ? "HTTP " + (500 + label % 7) : null;
          recorder.record(new Measurement(name, name, start, nanos, error, Map.of()));
        }
      }
    }
    return recorder.result(STARTED, Duration.ofSeconds(600), Map.of());
  }
}
