package dev.broadside.junit;

import dev.broadside.metrics.RunError;
import dev.broadside.metrics.RunNote;
import dev.broadside.metrics.RunResult;
import dev.broadside.metrics.Verdict;
import dev.broadside.report.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Why a load test has failed: what was asked for, what was measured, and what went wrong most. */
final class FailureText {
  private static final int MAX_ERRORS = 3;
  private static final int MAX_LENGTH = 200;

  private FailureText() {}

  /**
   * The text; its first line says the most.
   *
   * @param report where to read on
   */
  static String of(RunResult result, String report) {
    List<String> lines = new ArrayList<>();
    lines.add(String.join("; ", reasons(result)));
    lines.add(LoadFigures.line(result.all()));
    lines.addAll(errors(result.errors()));
    result.notes().stream().filter(note -> !note.failure()).map(RunNote::text).forEach(lines::add);
    lines.add("The report: " + report);
    return String.join(System.lineSeparator(), lines);
  }

  private static List<String> reasons(RunResult result) {
    Stream<String> missed =
        result.verdicts().stream().filter(verdict -> !verdict.passed()).map(FailureText::reason);
    Stream<String> notes = result.notes().stream().filter(RunNote::failure).map(RunNote::text);
    return Stream.concat(missed, notes).toList();
  }

  private static String reason(Verdict verdict) {
    boolean figure = Character.isDigit(verdict.measured().charAt(0));
    return verdict.threshold()
        + (figure ? " has to hold, but measured was " : " does not hold: ")
        + verdict.measured();
  }

  private static List<String> errors(List<RunError> errors) {
    List<String> lines = new ArrayList<>();
    if (!errors.isEmpty()) lines.add("The most frequent errors:");
    errors.stream().limit(MAX_ERRORS).map(FailureText::error).forEach(lines::add);
    int more = errors.size() - MAX_ERRORS;
    if (more > 0) lines.add("  and " + more + " more");
    return lines;
  }

  private static String error(RunError error) {
    return "  " + Units.count(error.count()) + " times: " + oneLine(error.text());
  }

  private static String oneLine(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH) + "…";
  }
}
