package dev.broadside.oct.packaging;

import java.nio.file.Path;

/**
 * An archive that was unpacked into a private temporary folder. Close it when the turret has ended:
 * that deletes the folder. A shutdown hook does it when nobody else did; what a killed process left
 * goes with the next {@link TurretArchive#unpack}.
 */
public final class UnpackedTurret implements AutoCloseable {
  private final TempFolder temp;

  UnpackedTurret(TempFolder temp) {
    this.temp = temp;
  }

  /** Where the files are; scripts are relative to it. */
  public Path folder() {
    return temp.files();
  }

  /** The turret's configuration. */
  public Path config() {
    return folder().resolve(TurretArchive.CONFIG);
  }

  /** Deletes the folder. A second call does nothing. */
  @Override
  public void close() {
    temp.close();
  }
}
