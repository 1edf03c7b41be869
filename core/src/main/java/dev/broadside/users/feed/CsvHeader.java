package dev.broadside.users.feed;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The names that a CSV file's first row gives to its columns. */
final class CsvHeader {
  private final String file;
  private final List<String> columns;
  private final Map<String, Integer> indices = new HashMap<>();

  /**
   * Checks the names.
   *
   * @throws FeedException if one is empty, or stands there twice
   */
  CsvHeader(String file, long line, List<String> columns) {
    this.file = file;
    this.columns = List.copyOf(columns);
    for (String column : columns) {
      if (column.isBlank())
        throw FeedException.at(file, line, 1, "expected a name for each column");
      if (indices.put(column, indices.size()) == null) continue;
      throw FeedException.at(file, line, 1, "two columns are called \"" + column + "\"");
    }
  }

  List<String> columns() {
    return columns;
  }

  int indexOf(String column) {
    Integer index = indices.get(column);
    if (index != null) return index;
    throw new IllegalArgumentException(
        file + " has no column \"" + column + "\"; it has " + String.join(", ", columns));
  }
}
