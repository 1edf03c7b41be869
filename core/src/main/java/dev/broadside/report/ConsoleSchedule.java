package dev.broadside.report;

import dev.broadside.metrics.RunResult;
import dev.broadside.metrics.Starts;
import dev.broadside.metrics.Summary;
import java.util.ArrayList;
import java.util.List;

/**
 * What a {@link ConsoleReport} shows of a run with a schedule beneath its service times: response
 * times, what became of the intended starts, and the scheduler's own error.
 */
final class ConsoleSchedule {
  private static final List<String> STARTS =
      List.of("starts", "scheduled", "on time", "late", "dropped", "unstarted", "longest wait");

  private final RunResult result;
  private final int width;
  private final List<Summary> scheduled;

  ConsoleSchedule(RunResult result, int width, int maxRows) {
    this.result = result;
    this.width = width;
    this.scheduled =
        result.transactions().values().stream()
            .filter(Summary::hasSchedule)
            .limit(maxRows)
            .toList();
  }

  void appendTo(StringBuilder text) {
    responses().appendTo(text.append('\n'));
    text.append('\n');
    for (String line : sentences()) text.append(line).append('\n');
    if (scheduled.size() > 1) starts().appendTo(text.append('\n'));
  }

  private Table responses() {
    Table table = new Table(width);
    table.row(row("response, from the intended start", TimeCells.HEADER));
    scheduled.forEach(each -> table.row(row(each.name(), TimeCells.of(each.response()))));
    if (result.transactions().size() != 1) {
      table.row(row(result.all().name(), TimeCells.of(result.all().response())));
    }
    return table;
  }

  private static List<String> row(String name, List<String> others) {
    List<String> row = new ArrayList<>(others);
    row.add(0, name);
    return row;
  }

  private List<String> sentences() {
    List<String> lines = new ArrayList<>();
    lines.addAll(Paragraph.lines(ScheduleWords.starts(result.all().starts()), width));
    if (result.schedulerError().count() > 0) {
      lines.add("scheduler's own error: " + ScheduleWords.schedulerError(result.schedulerError()));
    }
    return lines;
  }

  private Table starts() {
    Table table = new Table(width);
    table.row(STARTS);
    scheduled.forEach(each -> table.row(row(each.name(), cells(each.starts()))));
    return table;
  }

  private static List<String> cells(Starts starts) {
    return List.of(
        Units.count(starts.scheduled()),
        Units.count(starts.onTime()),
        Units.count(starts.late()),
        Units.count(starts.dropped()),
        Units.count(starts.unstarted()),
        Units.time(starts.longestWait()));
  }
}
