package dev.broadside.oct.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneId;

/** Writes the turrets of a run: each has one row, which is updated. */
final class TurretTable implements AutoCloseable {
  private static final String UPDATE =
      "UPDATE turret SET name = ?, uuid = ?, cannons = ?, script = ?, rampup = ?, status = ?,"
          + " updated_at = ? WHERE id = ? AND uuid = ?";
  private static final String INSERT =
      "INSERT INTO turret (name, uuid, cannons, script, rampup, status, updated_at, id)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)";

  private final Dialect dialect;
  private final PreparedStatement update;
  private final PreparedStatement insert;
  private final RowIds ids;

  TurretTable(Connection connection, Dialect dialect, RowIds ids) throws SQLException {
    this.dialect = dialect;
    this.ids = ids;
    this.update = connection.prepareStatement(UPDATE);
    this.insert = connection.prepareStatement(INSERT);
  }

  void write(StoredTurret turret) throws SQLException {
    long id = ids.turret(turret.uuid());
    bind(update, turret, id);
    update.setString(9, turret.uuid()); // another headquarters may have taken the id
    if (update.executeUpdate() > 0) return;
    bind(insert, turret, id);
    insert.executeUpdate();
  }

  private void bind(PreparedStatement to, StoredTurret turret, long id) throws SQLException {
    to.setString(1, turret.name());
    to.setString(2, turret.uuid());
    to.setLong(3, turret.cannons());
    to.setString(4, turret.script());
    to.setDouble(5, turret.rampUpSeconds()); // SQLite makes a whole number of one
    to.setString(6, turret.status());
    dialect.setTime(to, 7, LocalDateTime.ofInstant(turret.updated(), ZoneId.systemDefault()));
    to.setLong(8, id);
  }

  @Override
  public void close() throws SQLException {
    update.close();
    insert.close();
  }
}
