package dev.broadside.oct.store;

import dev.broadside.oct.store.RunRow.IdRange;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** Reads the turrets of a run. */
final class TurretRows {
  private TurretRows() {}

  static List<StoredTurret> read(Connection connection, IdRange ids) throws SQLException {
    String select =
        "SELECT name, uuid, cannons, rampup, script, status, updated_at FROM turret"
            + " WHERE id > ? AND id <= ? ORDER BY id";
    try (PreparedStatement statement = connection.prepareStatement(select)) {
      statement.setLong(1, ids.after());
      statement.setLong(2, ids.last());
      try (ResultSet row = statement.executeQuery()) {
        List<StoredTurret> turrets = new ArrayList<>();
        while (row.next()) turrets.add(turret(row));
        return turrets;
      }
    }
  }

  private static StoredTurret turret(ResultSet row) throws SQLException {
    return new StoredTurret(
        row.getString(1),
        row.getString(2),
        row.getInt(3),
        row.getDouble(4),
        row.getString(5),
        row.getString(6),
        time(row.getString(7)));
  }

  /** Local time, as the original has it; 1970 if it is none. */
  private static Instant time(String text) {
    try {
      LocalDateTime local = LocalDateTime.parse(text.strip().replace(' ', 'T'));
      return local.atZone(ZoneId.systemDefault()).toInstant();
    } catch (DateTimeException e) {
      return Instant.EPOCH;
    }
  }
}
