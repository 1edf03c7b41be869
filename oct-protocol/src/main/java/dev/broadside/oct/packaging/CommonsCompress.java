package dev.broadside.oct.packaging;

/** The optional library that reads and writes tar. */
final class CommonsCompress {
  private CommonsCompress() {}

  /** Fails with what to add when the library is not there. */
  static void require() {
    try {
      Class.forName("org.apache.commons.compress.archivers.tar.TarArchiveEntry");
    } catch (ClassNotFoundException | NoClassDefFoundError e) {
      throw new ArchiveException(
          "turret archives need the library org.apache.commons:commons-compress, which is not"
              + " there; add it to the dependencies (on the module path also with --add-modules"
              + " org.apache.commons.compress)",
          e);
    }
  }
}
