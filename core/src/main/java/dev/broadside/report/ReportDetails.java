package dev.broadside.report;

import dev.broadside.metrics.RunResult;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a report shows besides the figures of its run.
 *
 * @param title what was run: a project's name
 * @param version the version of what has made it, {@code Broadside 0.1.0}
 * @param tables what else there is to see, in this order: the turrets, for one
 * @param configuration a JSON object, as text; {@code {}} for none
 */
public record ReportDetails(
    String title, String version, List<DetailTable> tables, String configuration) {
  private static final int NAMED = 3;

  /** Copies the list. */
  public ReportDetails {
    tables = List.copyOf(tables);
  }

  /** A title and nothing else. */
  public static ReportDetails of(String title) {
    return new ReportDetails(title, "Broadside", List.of(), "{}");
  }

  /** The first transactions of a run as its title: {@code browse, search}. */
  public static ReportDetails of(RunResult result) {
    Set<String> names = result.transactions().keySet();
    String first = names.stream().limit(NAMED).collect(Collectors.joining(", "));
    return of(names.isEmpty() ? "Load test" : names.size() > NAMED ? first + ", …" : first);
  }

  /**
   * A table of texts.
   *
   * @param title what it shows
   * @param columns their names
   * @param rows each with a text for each column
   */
  public record DetailTable(String title, List<String> columns, List<List<String>> rows) {
    /** Copies the lists. */
    public DetailTable {
      columns = List.copyOf(columns);
      rows = rows.stream().map(List::copyOf).toList();
    }
  }
}
