package dev.broadside.loads.launch;

import java.security.CodeSource;

/** The version of a library on the class path of the tests. */
final class JarVersion {
  private static final String UNKNOWN = "VERSION (that of your junit-platform-engine)";

  private JarVersion() {}

  /** As the name of the jar says, {@code artifact-1.2.3.jar}, else its manifest. */
  static String of(String artifact, String className, ClassLoader loader) {
    try {
      Class<?> type = Class.forName(className, false, loader);
      String version = ofName(artifact, type.getProtectionDomain().getCodeSource());
      if (version.isEmpty()) version = ofManifest(type.getPackage());
      return version.isEmpty() ? UNKNOWN : version;
    } catch (ClassNotFoundException | LinkageError e) {
      return UNKNOWN;
    }
  }

  private static String ofName(String artifact, CodeSource source) {
    String path =
        source == null || source.getLocation() == null ? "" : source.getLocation().getPath();
    String name = path.substring(path.lastIndexOf('/') + 1);
    String head = artifact + "-";
    if (!name.startsWith(head) || !name.endsWith(".jar")) return "";
    return name.substring(head.length(), name.length() - ".jar".length());
  }

  private static String ofManifest(Package of) {
    String version = of.getImplementationVersion();
    return version == null ? "" : version;
  }
}
