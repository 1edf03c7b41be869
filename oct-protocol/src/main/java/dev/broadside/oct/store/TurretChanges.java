package dev.broadside.oct.store;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What turrets have told and the database does not know yet. Any thread may tell, the store's
 * writes.
 */
final class TurretChanges {
  private static final Logger LOG = System.getLogger(TurretChanges.class.getName());

  private final LatestValues<StoredTurret> turrets = new LatestValues<>();
  private final LatestValues<Long> starts = new LatestValues<>();
  private final Map<String, Long> earliestStarts = new ConcurrentHashMap<>();

  void turret(StoredTurret turret) {
    turrets.put(turret.uuid(), turret);
  }

  void started(String turretName, long nanos) {
    Long earliest = earliestStarts.merge(turretName, nanos, Math::min);
    starts.put(turretName, Objects.requireNonNull(earliest));
  }

  /** Writes them; what fails is kept for the next time, unless the database will never take it. */
  void write(RunWriter to) throws SQLException {
    Map<String, StoredTurret> changedTurrets = turrets.take();
    Map<String, Long> changedStarts = starts.take();
    if (changedTurrets.isEmpty() && changedStarts.isEmpty()) return;
    try {
      to.write(changedTurrets.values(), changedStarts);
      to.commit();
      to.ids().turretsStored();
    } catch (SQLException e) {
      if (RowFaults.isOne(e)) {
        LOG.log(Level.WARNING, "turrets that the database refuses: " + changedTurrets.keySet(), e);
        to.rollback();
        to.ids().turretsRefused();
        return;
      }
      turrets.putBack(changedTurrets);
      starts.putBack(changedStarts);
      throw e;
    }
  }
}
