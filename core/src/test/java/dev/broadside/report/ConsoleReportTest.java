package dev.broadside.report;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.broadside.metrics.Measurement;
import dev.broadside.metrics.RunRecorder;
import dev.broadside.metrics.RunResult;
import dev.broadside.metrics.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConsoleReportTest {
  private static final Instant STARTED = Instant.parse("2026-11-22T05:40:00.123Z");

  private final RunRecorder recorder = RunRecorder.create();
  private final Map<String, Long> counters = new LinkedHashMap<>();

  private void record(String name, String group, Duration service, @Nullable String error) {
    Map<String, Long> timers = Map.of("login", service.toNanos() / 3);
    recorder.record(new Measurement(name, group, 0, service.toNanos(), error, timers));
  }

  private String report() {
    return ConsoleReport.text(recorder.result(STARTED, ofSeconds(10), counters));
  }

  @Test
  void text_isAlignedAndComplete() {
    for (int i = 1; i <= 100; i++) record("navigation", "navigation", ofMillis(i), null);
    record("search", "search", ofMillis(2), "HTTP 500");
    counters.put("malformed", 3L);
    counters.put("refused outside a run", 0L);

    assertThat(report())
        .isEqualTo(
            """
            10.0 s from 2026-11-22T05:40:00Z: 101 transactions, 1 failed (0.99 %), 10/s

            transaction  count  failed   rate     min   mean    p50    p90    p95    p99     max
            navigation     100       0   10/s  1.0 ms  51 ms  50 ms  90 ms  95 ms  99 ms  100 ms
            search           1       1  0.1/s       -      -      -      -      -      -       -
            all            101       1   10/s  1.0 ms  51 ms  50 ms  90 ms  95 ms  99 ms  100 ms

            timer  count  failed  rate     min   mean    p50    p90    p95    p99    max
            login    101       1  10/s  333 µs  17 ms  17 ms  30 ms  32 ms  33 ms  33 ms

            error     count   first    last
            HTTP 500      1  2.0 ms  2.0 ms

            also counted
            malformed     3
            """);
  }

  @Test
  void text_endsWithTheThresholds() {
    List<Verdict> verdicts =
        List.of(
            new Verdict("p(95) < 200ms", true, "120 ms", false),
            new Verdict(
                "login: errors < 1%", false, "no \"login\", only " + "x".repeat(99), false));
    RunResult result = recorder.result(STARTED, ofSeconds(10), counters);

    assertThat(ConsoleReport.text(result.withVerdicts(verdicts)))
        .contains(
            """

            threshold                                                     measured
            p(95) < 200ms                                                   120 ms  passed
            login: errors < 1%  no "login", only xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…  FAILED
            """);
  }

  @Test
  void text_showsGroupsWhereTheySayMoreThanTheLabels() {
    record("Checkout", "turret-a", ofMillis(1), null);
    record("Checkout", "turret-b", ofMillis(1), null);

    assertThat(report()).containsPattern("(?m)^group ").containsPattern("(?m)^turret-b ");
  }

  @Test
  void text_ofNothingSaysSo() {
    assertThat(report())
        .isEqualTo(
            """
            10.0 s from 2026-11-22T05:40:00Z: 0 transactions, 0 failed, 0/s

            transaction  count  failed  rate  min  mean  p50  p90  p95  p99  max
            all              0       0   0/s    -     -    -    -    -    -    -
            """);
  }

  @Test
  void text_isAtMostAHundredColumnsWide() {
    String name = "A-very-long-name-of-a-turret-".repeat(10);
    for (int i = 0; i < 1_200_000; i++) record(name, name, ofMillis(123), null);
    record(name, name, ofMillis(123), "a very long error ".repeat(100));
    counters.put("x".repeat(300), 1L);

    assertThat(report().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(101));
    assertThat(report()).contains("A-very-lo", "…").contains("1,200,001");
  }

  @Test
  void text_cannotSteerTheTerminal() {
    record(
        "\u001b]0;title\u0007", "g\u001b[2J", ofMillis(1), "\u001b[31m\r\nall transactions passed");

    assertThat(report()).doesNotContain("\u001b", "\u0007", "\r");
    assertThat(report()).contains("\\u001b[31m\\u000d\\u000aall transactions passed");
  }

  @Test
  void text_namesHowManyRowsItLeavesOut() {
    for (int i = 0; i < 70; i++) record("turret " + i, "turret " + i, ofMillis(1), "error " + i);

    assertThat(report()).contains("… and 20 more transactions").contains("… and 50 more errors");
    assertThat(report()).containsPattern("(?m)^all ");
  }

  @Test
  void verdicts_thatFailAreToldWhole() {
    String measured = "p(50) 1.79 ms is 48.7 % above 1.21 ms; ".repeat(3) + "take five runs";
    List<Verdict> verdicts = List.of(new Verdict("p(50) < 1ms", false, measured, false));

    String text =
        ConsoleReport.text(
            RunRecorder.create()
                .result(Instant.EPOCH, Duration.ofSeconds(1), Map.of())
                .withVerdicts(verdicts));
    assertThat(text).contains("take five runs");
    assertThat(text.lines()).allMatch(line -> line.length() <= 100);
  }
}
