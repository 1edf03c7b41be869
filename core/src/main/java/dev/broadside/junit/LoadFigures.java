package dev.broadside.junit;

import dev.broadside.metrics.Latencies;
import dev.broadside.metrics.Summary;
import dev.broadside.report.Units;
import java.util.LinkedHashMap;
import java.util.Map;

/** The figures of a load test, in short. */
final class LoadFigures {
  private LoadFigures() {}

  /** In one line. */
  static String line(Summary all) {
    String text =
        String.format(
            "%s transactions in %s, %s, %s failed",
            Units.count(all.count()),
            Units.time(all.duration()),
            Units.rate(all.rate()),
            all.failures() == 0 ? "none" : Units.count(all.failures()));
    return all.service().count() == 0 ? text : text + "; " + percentiles(all);
  }

  /** How long successes took, from their intended start where there is one. */
  private static String percentiles(Summary all) {
    Latencies times = all.response();
    return String.format(
        "%sp50 %s, p95 %s, p99 %s",
        all.hasSchedule() ? "response " : "",
        Units.time(times.p(50)),
        Units.time(times.p(95)),
        Units.time(times.p(99)));
  }

  /** As the entries of a report. */
  static Map<String, String> entries(Summary all) {
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put("transactions", Units.count(all.count()));
    entries.put("failed", Units.count(all.failures()));
    entries.put("rate", Units.rate(all.rate()));
    if (all.service().count() > 0) entries.put("times", percentiles(all));
    return entries;
  }
}
