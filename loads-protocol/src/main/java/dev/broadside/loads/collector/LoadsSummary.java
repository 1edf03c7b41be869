package dev.broadside.loads.collector;

import dev.broadside.metrics.Latencies;
import dev.broadside.metrics.RunError;
import dev.broadside.metrics.Summary;
import dev.broadside.report.Table;
import dev.broadside.report.Units;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The summary of a run of Loads as plain text, at most 100 columns wide: what the original {@code
 * loads-runner} prints, and percentiles, which are those of all hits of a URL. Tests have no times:
 * their messages bear none. Texts of peers are shown in one line, and cannot steer the terminal.
 */
public final class LoadsSummary {
  private static final int WIDTH = 100;
  private static final int MAX_ROWS = 20;

  private final LoadsResult result;
  private final StringBuilder text = new StringBuilder();

  private LoadsSummary(LoadsResult result) {
    this.result = result;
  }

  /** The summary, in lines that each end with {@code \n}. */
  public static String text(LoadsResult result) {
    return new LoadsSummary(result).write();
  }

  private String write() {
    figures();
    tests();
    urls();
    errors("most common errors", result.run().errors());
    errors("hits without success", result.badStatuses());
    counters();
    return text.toString();
  }

  private void figures() {
    Duration duration = result.run().duration();
    Latencies times = all(result.hits());
    Table table = new Table(WIDTH);
    figure(table, "Hits", Units.count(result.hits().count()));
    figure(table, "Started", result.run().started().truncatedTo(ChronoUnit.SECONDS).toString());
    figure(table, "Duration", String.format(Locale.ROOT, "%.2f s", duration.toNanos() / 1e9));
    figure(table, "Requests per second", Units.rate(result.hits().rate()));
    figure(table, "Average request time", time(times, times.mean()));
    figure(table, "Sockets opened", Units.count(result.sockets().opened()));
    figure(table, "Bytes received", Units.count(result.sockets().bytes()));
    figure(table, "Successes", Units.count(result.successes()));
    figure(table, "Failures", Units.count(result.failures()));
    figure(table, "Errors", Units.count(result.errors()));
    figure(table, "Users", Units.count(result.users()));
    unlessZero(table, "Unfinished tests", result.unfinished());
    unlessZero(table, "Tests without outcome", result.withoutOutcome());
    unlessZero(table, "Malformed messages", result.malformed());
    table.appendTo(text);
  }

  private static void figure(Table table, String name, String value) {
    table.row(List.of(name, value));
  }

  private static void unlessZero(Table table, String name, long count) {
    if (count != 0) figure(table, name, Units.count(count));
  }

  private void tests() {
    Table table = new Table(WIDTH);
    table.row(row("test", "started", "stopped", "success", "failed", "error"));
    result.tests().entrySet().stream()
        .limit(MAX_ROWS)
        .map(test -> cells(test.getKey(), test.getValue()))
        .forEach(table::row);
    append(table, result.tests().size());
  }

  private static List<String> cells(String test, TestCounts counts) {
    return row(
        test,
        Units.count(counts.started()),
        Units.count(counts.stopped()),
        Units.count(counts.successes()),
        Units.count(counts.failures()),
        Units.count(counts.errors()));
  }

  private void urls() {
    Collection<Summary> urls = result.hitsByUrl().values();
    Comparator<Summary> byMean = Comparator.comparing(url -> all(url).mean());
    Table table = new Table(WIDTH);
    table.row(row("slowest URLs", "hits", "success", "mean", "p50", "p90", "p95", "p99", "max"));
    urls.stream()
        .sorted(byMean.reversed())
        .limit(MAX_ROWS)
        .map(LoadsSummary::cells)
        .forEach(table::row);
    append(table, urls.size());
  }

  private static List<String> cells(Summary url) {
    Latencies times = all(url);
    return row(
        url.name(),
        Units.count(url.count()),
        percent(LoadsResult.successRate(url)),
        time(times, times.mean()),
        time(times, times.p(50)),
        time(times, times.p(90)),
        time(times, times.p(95)),
        time(times, times.p(99)),
        time(times, times.max()));
  }

  /** Rounded down, so that 100 % means all. */
  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", Math.floor(share * 1000) / 10);
  }

  private static Latencies all(Summary summary) {
    return summary.service().plus(summary.failed());
  }

  private static String time(Latencies times, Duration time) {
    return times.count() == 0 ? "-" : Units.time(time);
  }

  private void errors(String title, List<RunError> errors) {
    Table table = new Table(WIDTH);
    table.row(row(title, "count", "first", "last"));
    errors.stream().limit(MAX_ROWS).map(LoadsSummary::cells).forEach(table::row);
    append(table, errors.size());
  }

  private static List<String> cells(RunError error) {
    return row(
        error.text(),
        Units.count(error.count()),
        Units.time(error.firstSeen()),
        Units.time(error.lastSeen()));
  }

  private void counters() {
    Table table = new Table(WIDTH);
    table.row(row("counters", "count"));
    result.counters().entrySet().stream()
        .limit(MAX_ROWS)
        .forEach(counter -> table.row(row(counter.getKey(), Units.count(counter.getValue()))));
    append(table, result.counters().size());
  }

  private static List<String> row(String... cells) {
    return List.of(cells);
  }

  private void append(Table table, int rows) {
    if (rows == 0) return;
    text.append('\n');
    table.appendTo(text);
    if (rows > MAX_ROWS) text.append("… and ").append(rows - MAX_ROWS).append(" more\n");
  }
}
