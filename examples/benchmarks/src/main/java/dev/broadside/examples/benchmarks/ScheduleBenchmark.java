package dev.broadside.examples.benchmarks;

import dev.broadside.metrics.Latencies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * By how much the starts of an open load miss their times, beside a thread that does nothing but
 * park until the next one is due: rounds of all kinds take turns.
 */
final class ScheduleBenchmark {
  private final ScheduleOptions options;
  private final Map<ScheduleKind, List<Latencies>> errors = new EnumMap<>(ScheduleKind.class);

  ScheduleBenchmark(ScheduleOptions options) {
    this.options = options;
  }

  void run() {
    printHead();
    for (ScheduleKind kind : ScheduleKind.values()) warmUp(kind);
    for (int i = 1; i <= options.rounds(); i++) playRound(i);
    for (ScheduleKind kind : ScheduleKind.values()) printLine("all rounds", kind, all(kind));
    print(
        "ratio empty/bare, p99: %.2f%n",
        millis(all(ScheduleKind.EMPTY).p(99)) / millis(all(ScheduleKind.BARE).p(99)));
  }

  private void warmUp(ScheduleKind kind) {
    kind.error(options, 1);
    errors.put(kind, new ArrayList<>());
  }

  private void playRound(int number) {
    errors.forEach(
        (kind, measured) -> {
          Latencies error = kind.error(options, options.seconds());
          measured.add(error);
          printLine("round " + number, kind, error);
        });
  }

  private Latencies all(ScheduleKind kind) {
    return errors.getOrDefault(kind, List.of()).stream().reduce(Latencies.EMPTY, Latencies::plus);
  }

  private void printHead() {
    print(
        "%,d arrivals a second, %d rounds of %d s, %s threads; Java %s, %d processors%n",
        options.rate(),
        options.rounds(),
        options.seconds(),
        options.threads().name().toLowerCase(Locale.ROOT),
        System.getProperty("java.version"),
        Runtime.getRuntime().availableProcessors());
    print(
        "%-10s  %-26s %9s %9s %9s %9s%n",
        "", "scheduler's error in ms", "p50", "p99", "p99.9", "max");
  }

  private static void printLine(String round, ScheduleKind kind, Latencies error) {
    print(
        "%-10s  %-26s %9.3f %9.3f %9.3f %9.3f%n",
        round,
        kind,
        millis(error.p(50)),
        millis(error.p(99)),
        millis(error.p(99.9)),
        millis(error.max()));
  }

  private static double millis(Duration time) {
    return time.toNanos() / 1e6;
  }

  private static void print(String format, Object... values) {
    System.out.printf(Locale.ROOT, format, values);
  }
}
