package dev.broadside.report;

import dev.broadside.metrics.RunError;
import dev.broadside.metrics.RunResult;
import dev.broadside.metrics.Summary;
import dev.broadside.metrics.Verdict;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The summary of a run as plain text, at most 100 columns wide: a table of transactions, one of
 * timers, the errors, what else was counted, what came of the thresholds, and the notes. Where the
 * run had a schedule, response times and what became of the intended starts come beneath the
 * service times. Percentiles are those of successes. Texts of peers are shown in one line, and
 * cannot steer the terminal.
 */
public final class ConsoleReport {
  private static final int WIDTH = 100;
  private static final int MAX_ROWS = 50;
  private static final int MAX_ERRORS = 20;
  private static final int MAX_VERDICT = 2000;

  private final RunResult result;
  private final StringBuilder text = new StringBuilder();

  private ConsoleReport(RunResult result) {
    this.result = result;
  }

  /** The summary, in lines that each end with {@code \n}. */
  public static String text(RunResult result) {
    return new ConsoleReport(result).write();
  }

  private String write() {
    headline();
    transactions();
    if (result.all().hasSchedule()) new ConsoleSchedule(result, WIDTH, MAX_ROWS).appendTo(text);
    summaries("timer", result.timers().values());
    if (groupsTellMore()) summaries("group", result.groups().values());
    errors();
    counters();
    thresholds();
    notes();
    return text.toString();
  }

  /** A single one is all, and where each has a transaction of its name the table stands above. */
  private boolean groupsTellMore() {
    return result.groups().size() > 1
        && !result.groups().keySet().equals(result.transactions().keySet());
  }

  private void headline() {
    double seconds = result.duration().toNanos() / 1e9;
    text.append(String.format(Locale.ROOT, "%.1f s from ", seconds))
        .append(result.started().truncatedTo(ChronoUnit.SECONDS))
        .append(": ")
        .append(Units.count(result.all().count()))
        .append(result.all().count() == 1 ? " transaction, " : " transactions, ")
        .append(Units.count(result.all().failures()))
        .append(" failed")
        .append(failedShare())
        .append(", ")
        .append(Units.rate(result.all().rate()))
        .append('\n');
  }

  private String failedShare() {
    if (result.all().failures() == 0) return "";
    return " (" + Units.share(result.all().failures(), result.all().count()) + ")";
  }

  private void transactions() {
    Collection<Summary> transactions = result.transactions().values();
    summaries("transaction", transactions, transactions.size() == 1 ? null : result.all());
  }

  private void summaries(String kind, Collection<Summary> summaries) {
    if (!summaries.isEmpty()) summaries(kind, summaries, null);
  }

  private void summaries(String kind, Collection<Summary> summaries, @Nullable Summary last) {
    Table table = new Table(WIDTH);
    table.row(header(kind));
    summaries.stream().limit(MAX_ROWS).map(ConsoleReport::cells).forEach(table::row);
    if (last != null) table.row(cells(last));
    append(table);
    more(summaries.size() - MAX_ROWS, kind);
  }

  private static List<String> header(String kind) {
    List<String> header = new ArrayList<>(List.of(kind, "count", "failed", "rate"));
    header.addAll(TimeCells.HEADER);
    return header;
  }

  private static List<String> cells(Summary summary) {
    List<String> cells = new ArrayList<>();
    cells.add(summary.name());
    cells.add(Units.count(summary.count()));
    cells.add(Units.count(summary.failures()));
    cells.add(Units.rate(summary.rate()));
    cells.addAll(TimeCells.of(summary.service()));
    return cells;
  }

  private void errors() {
    if (result.errors().isEmpty()) return;
    Table table = new Table(WIDTH);
    table.row(List.of("error", "count", "first", "last"));
    result.errors().stream().limit(MAX_ERRORS).map(ConsoleReport::cells).forEach(table::row);
    append(table);
    more(result.errors().size() - MAX_ERRORS, "error");
  }

  private static List<String> cells(RunError error) {
    return List.of(
        error.text(),
        Units.count(error.count()),
        Units.time(error.firstSeen()),
        Units.time(error.lastSeen()));
  }

  private void append(Table table) {
    text.append('\n');
    table.appendTo(text);
  }

  private void more(int count, String kind) {
    if (count <= 0) return;
    text.append("… and ").append(count).append(" more ").append(kind).append(count > 1 ? "s" : "");
    text.append('\n');
  }

  private void counters() {
    Table table = new Table(WIDTH);
    table.row(List.of("also counted", ""));
    result.counters().entrySet().stream()
        .filter(counter -> counter.getValue() != 0)
        .forEach(counter -> table.row(List.of(counter.getKey(), Units.count(counter.getValue()))));
    if (table.size() > 1) append(table);
  }

  private void thresholds() {
    if (result.verdicts().isEmpty()) return;
    Table table = new Table(WIDTH);
    table.row(List.of("threshold", "measured", ""));
    result.verdicts().stream().map(ConsoleReport::cells).forEach(table::row);
    append(table);
    result.verdicts().stream()
        .filter(verdict -> !verdict.passed() && isCut(verdict.measured()))
        .forEach(this::whole);
  }

  private static boolean isCut(String measured) {
    return measured.length() > WIDTH / 2;
  }

  /** What does not hold, since the table has only its beginning. */
  private void whole(Verdict verdict) {
    String all = PlainText.of(verdict.threshold() + ": " + verdict.measured(), MAX_VERDICT);
    text.append('\n');
    Paragraph.lines(all, WIDTH).forEach(line -> text.append(line).append('\n'));
  }

  private static List<String> cells(Verdict verdict) {
    return List.of(
        verdict.threshold(),
        PlainText.of(verdict.measured(), WIDTH / 2),
        verdict.passed() ? "passed" : "FAILED");
  }

  private void notes() {
    List<String> notes = new ArrayList<>(result.notes().stream().map(ScheduleWords::note).toList());
    if (!result.seeds().isEmpty()) notes.add("seeds: " + ScheduleWords.seeds(result.seeds()));
    if (!notes.isEmpty()) text.append('\n');
    notes.stream()
        .flatMap(note -> Paragraph.lines(note, WIDTH).stream())
        .forEach(line -> text.append(line).append('\n'));
  }
}
