package dev.broadside.oct.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Somebody else who opens a database. */
final class Sqlite implements AutoCloseable {
  private final Connection connection;

  Sqlite(Path file) throws SQLException {
    connection = DriverManager.getConnection("jdbc:sqlite:" + file);
  }

  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The rows, their columns divided by bars. */
  List<String> query(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> found = new ArrayList<>();
      while (rows.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) row.add(rows.getString(i));
        found.add(String.join("|", row));
      }
      return found;
    }
  }

  static List<String> query(Path file, String sql) throws SQLException {
    try (Sqlite sqlite = new Sqlite(file)) {
      return sqlite.query(sql);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
