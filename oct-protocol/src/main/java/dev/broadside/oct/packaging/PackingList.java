package dev.broadside.oct.packaging;

import dev.broadside.oct.ConfigException;
import dev.broadside.oct.hq.HqConfig;
import dev.broadside.oct.hq.ProjectTurret;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What goes into one archive.
 *
 * @param archive where it is written
 * @param project the project's {@code config.json}, whose age the turret's configuration is given
 * @param config the turret's configuration, JSON
 * @param files all other files by their names in the archive, in order
 */
record PackingList(Path archive, Path project, String config, Map<String, Path> files) {
  /**
   * One for each turret.
   *
   * @throws ConfigException naming all faults of all turrets
   */
  static List<PackingList> of(HqConfig project) {
    List<String> faults = new ArrayList<>();
    Map<String, String> names = new HashMap<>();
    List<PackingList> lists = new ArrayList<>();
    for (ProjectTurret turret : project.turrets()) {
      String where = "turret \"" + turret.name() + "\": ";
      String file = fileName(turret.name());
      String other = names.putIfAbsent(file, turret.name());
      if (other != null) {
        faults.add(where + "turret \"" + other + "\" is packed as " + file + " too; rename one");
      }
      lists.add(of(project, turret, file, where, faults));
    }
    if (!faults.isEmpty()) throw new ConfigException(project.file(), faults);
    return lists;
  }

  private static PackingList of(
      HqConfig project, ProjectTurret turret, String file, String where, List<String> faults) {
    PackedConfig config = PackedConfig.of(project, turret);
    for (String fault : config.faults(turret.file())) faults.add(where + fault);
    PackedFiles files = new PackedFiles(project.projectFolder(), where, faults);
    files.addExtraFiles(config.keys().get("extra_files"));
    files.addScript(String.valueOf(config.keys().get("script")));
    return new PackingList(
        project.projectFolder().resolve(file), project.file(), config.json(), files.byName());
  }

  /** A name that stays in its folder on every system. */
  static String fileName(String turretName) {
    return turretName.replaceAll("[^\\p{L}\\p{N} ._+@()-]|^\\.", "_") + ".tar.gz";
  }
}
