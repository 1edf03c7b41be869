package dev.broadside.oct.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/** When a run of the original began, which its database does not say. */
final class OriginalStart {
  /** Clocks show other times only where they were never set, or tell milliseconds. */
  private static final double EARLIEST = 946_684_800; // 2000-01-01

  private static final double LATEST = 4_102_444_800.0; // 2100-01-01

  private OriginalStart() {}

  /** The earliest {@code epoch} less its {@code elapsed}; 1970 if there is none. */
  static Instant of(Connection connection) throws SQLException {
    String select =
        "SELECT epoch - elapsed FROM result WHERE epoch BETWEEN ? AND ? ORDER BY epoch, id";
    try (PreparedStatement statement = connection.prepareStatement(select)) {
      statement.setMaxRows(1);
      statement.setDouble(1, EARLIEST);
      statement.setDouble(2, LATEST);
      try (ResultSet row = statement.executeQuery()) {
        double seconds = row.next() ? row.getDouble(1) : 0;
        return Instant.ofEpochMilli(Math.round(seconds * 1000));
      }
    }
  }
}
