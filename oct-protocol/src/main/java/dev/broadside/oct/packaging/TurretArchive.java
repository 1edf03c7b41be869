package dev.broadside.oct.packaging;

import dev.broadside.oct.hq.HqConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * Turret archives: what {@code oct pack-turrets} makes of a project, one for each turret, and what
 * starts a turret with one command on another machine. Either side may be the original's. Needs
 * {@code org.apache.commons:commons-compress}. Thread-safe. Source: docs/protocols.md 1.7.
 *
 * <p>An archive has {@code config.json} at its top: the turret's own keys, where the project says
 * {@code hq_address}, {@code publish_port} and {@code rc_port} those instead, and {@code
 * extra_turret_config} over all of them. The script lies where the configuration says, and {@code
 * extra_files} under their base names.
 */
public final class TurretArchive {
  static final String CONFIG = "config.json";

  private TurretArchive() {}

  /**
   * The archive that {@link #pack} makes of a turret: {@code <name>.tar.gz} in the project's
   * folder, with an underscore for each character that is unfit for a file's name.
   */
  public static Path fileOf(Path project, String turretName) {
    return project.resolve(PackingList.fileName(turretName));
  }

  /**
   * Packs each turret of a project into {@code <name>.tar.gz} in the project's folder. In the
   * file's name, characters that are unfit for one become {@code _}. Packing the same files again
   * gives the same bytes.
   *
   * @param project the project's folder
   * @return the archives, in the order of the turrets
   * @throws dev.broadside.oct.ConfigException if the project is faulty; then nothing is written
   * @throws ArchiveException if an archive cannot be written
   */
  public static List<Path> pack(Path project) {
    Objects.requireNonNull(project, "project");
    CommonsCompress.require();
    return PackingList.of(HqConfig.read(project)).stream().map(TarWriter::write).toList();
  }

  /** Unpacks an archive within {@link ArchiveLimits#DEFAULT}. */
  public static UnpackedTurret unpack(Path archive) {
    return unpack(archive, ArchiveLimits.DEFAULT);
  }

  /**
   * Unpacks an archive into a private temporary folder. The compression (gzip, bzip2, xz or none)
   * is told from the content. Links become copies of what they lead to.
   *
   * @throws ArchiveException if it is no archive, is damaged, lacks {@code config.json}, is beyond
   *     the limits, or has an entry that leaves the folder or is neither file, folder nor link;
   *     then nothing is left behind
   */
  public static UnpackedTurret unpack(Path archive, ArchiveLimits limits) {
    Objects.requireNonNull(archive, "archive");
    Objects.requireNonNull(limits, "limits");
    CommonsCompress.require();
    TempFolder temp = TempFolder.create();
    try {
      Leftovers.sweep(temp.owner());
      new Extraction(archive, temp.files(), limits).run();
      return new UnpackedTurret(temp);
    } catch (RuntimeException | Error e) {
      temp.close();
      throw e;
    }
  }
}
