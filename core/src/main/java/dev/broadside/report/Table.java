package dev.broadside.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows in aligned columns, as the summaries on the console have them: the first column to the left,
 * all others to the right. Not thread-safe.
 */
public final class Table {
  private static final String GAP = "  ";

  private final int maxWidth;
  private final List<List<String>> rows = new ArrayList<>();

  /**
   * A table without rows.
   *
   * @param maxWidth how many characters a line has at most; the first column is shortened to fit
   */
  public Table(int maxWidth) {
    this.maxWidth = maxWidth;
  }

  /** Adds a row; each has as many cells as the first. */
  public void row(List<String> cells) {
    List<String> row = new ArrayList<>(cells);
    row.set(0, PlainText.of(row.get(0), maxWidth));
    rows.add(row);
  }

  /** How many rows there are. */
  public int size() {
    return rows.size();
  }

  /** Writes the rows, of which there is at least one, in lines that each end with {@code \n}. */
  public void appendTo(StringBuilder text) {
    int[] widths = widths();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) appendCell(line, row.get(i), widths, i);
      text.append(line.toString().stripTrailing()).append('\n');
    }
  }

  /** The first column gets what the others leave, so a long name cannot push a figure out. */
  private int[] widths() {
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], PlainText.length(row.get(i)));
      }
    }
    int others = 0;
    for (int i = 1; i < widths.length; i++) others += GAP.length() + widths[i];
    widths[0] = Math.min(widths[0], maxWidth - others);
    return widths;
  }

  private static void appendCell(StringBuilder line, String cell, int[] widths, int column) {
    if (column == 0) {
      String name = PlainText.of(cell, widths[0]);
      line.append(name).append(" ".repeat(widths[0] - PlainText.length(name)));
    } else {
      line.append(GAP).append(" ".repeat(widths[column] - PlainText.length(cell))).append(cell);
    }
  }
}
