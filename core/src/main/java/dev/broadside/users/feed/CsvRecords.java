package dev.broadside.users.feed;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a CSV file after its first one, which names the columns. Empty lines are left out.
 */
record CsvRecords(Path file, char delimiter) implements Records<CsvRow> {
  @Override
  public Reader<CsvRow> open() throws IOException {
    LineReader lines = LineReader.of(file);
    try {
      return new Rows(file.toString(), new CsvParser(file.toString(), delimiter, lines), lines);
    } catch (Throwable e) {
      lines.close();
      throw e;
    }
  }

  private static final class Rows implements Reader<CsvRow> {
    private final String file;
    private final CsvParser parser;
    private final LineReader lines;
    private final CsvHeader header;

    Rows(String file, CsvParser parser, LineReader lines) throws IOException {
      this.file = file;
      this.parser = parser;
      this.lines = lines;
      List<String> columns = parser.next();
      if (columns == null) throw FeedException.at(file, 1, 1, "expected a row of column names");
      this.header = new CsvHeader(file, parser.line(), columns);
    }

    @Override
    public @Nullable Supplier<CsvRow> next() throws IOException {
      try {
        List<String> fields = parser.next();
        if (fields == null) return null;
        CsvRow row = row(fields);
        return () -> row;
      } catch (FeedException e) {
        return () -> {
          throw e;
        };
      }
    }

    private CsvRow row(List<String> fields) {
      int expected = header.columns().size();
      if (fields.size() == expected) return new CsvRow(header, List.copyOf(fields));
      String what = "expected " + expected + " fields, as in the header, not " + fields.size();
      throw FeedException.at(file, parser.line(), 1, what);
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }
}
