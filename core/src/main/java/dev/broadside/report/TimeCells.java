package dev.broadside.report;

import dev.broadside.metrics.Latencies;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The columns of a {@link ConsoleReport} that show how long something took. */
final class TimeCells {
  static final List<String> HEADER = List.of("min", "mean", "p50", "p90", "p95", "p99", "max");

  private TimeCells() {}

  static List<String> of(Latencies latencies) {
    Stream<Duration> times =
        Stream.of(
            latencies.min(),
            latencies.mean(),
            latencies.p(50),
            latencies.p(90),
            latencies.p(95),
            latencies.p(99),
            latencies.max());
    return times.map(time -> latencies.count() == 0 ? "-" : Units.time(time)).toList();
  }
}
