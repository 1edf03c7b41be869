package dev.broadside.users.feed;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A record of a CSV file: its fields by the names that the file's first row gives them. */
public final class CsvRow {
  private final CsvHeader header;
  private final List<String> fields;

  CsvRow(CsvHeader header, List<String> fields) {
    this.header = header;
    this.fields = fields;
  }

  /**
   * The field of this column; empty if nothing stands there.
   *
   * @throws IllegalArgumentException if the file has no such column; it names those that it has
   */
  public String get(String column) {
    return fields.get(header.indexOf(column));
  }

  /** The fields by their columns, in the order of the file. */
  public Map<String, String> toMap() {
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < fields.size(); i++) map.put(header.columns().get(i), fields.get(i));
    return Collections.unmodifiableMap(map);
  }

  @Override
  public String toString() {
    return toMap().toString();
  }
}
