package dev.broadside.loads.junit;

import java.net.URL;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whether a class path has what runs JUnit tests. Touches no class of JUnit itself. */
final class JUnitPlatform {
  private static final String LAUNCHER = "org.junit.platform.launcher.core.LauncherFactory";
  private static final String ENGINE = "org.junit.platform.engine.TestEngine";
  private static final String COORDINATES = "org.junit.platform:junit-platform-launcher:";

  private JUnitPlatform() {}

  /**
   * Looks for the launcher.
   *
   * @throws IllegalStateException if it is missing, naming what to add
   */
  static void requireLauncher(ClassLoader loader) {
    if (load(LAUNCHER, loader) != null) return;
    String version = version(ENGINE, loader);
    throw new IllegalStateException(
        "running JUnit tests needs "
            + COORDINATES
            + (version == null ? "<version of your junit-platform-engine>" : version)
            + " on the class path");
  }

  /** What to say when JUnit's classes do not link. */
  static IllegalStateException mismatch(ClassLoader loader, LinkageError cause) {
    return new IllegalStateException(
        "JUnit on the class path is not complete, or its parts do not fit each other:"
            + " junit-platform-launcher "
            + version(LAUNCHER, loader)
            + ", junit-platform-engine "
            + version(ENGINE, loader)
            + " ("
            + cause
            + ")",
        cause);
  }

  private static @Nullable String version(String className, ClassLoader loader) {
    Class<?> type = load(className, loader);
    if (type == null) return null;
    String version = type.getPackage().getImplementationVersion();
    return version != null ? version : versionInJarName(className, loader);
  }

  /** For loaders that leave manifests unread. */
  private static @Nullable String versionInJarName(String className, ClassLoader loader) {
    URL url = loader.getResource(className.replace('.', '/') + ".class");
    if (url == null) return null;
    Matcher jar = Pattern.compile("/junit-platform-[a-z]+-([^/]+)\\.jar").matcher(url.toString());
    return jar.find() ? jar.group(1) : null;
  }

  private static @Nullable Class<?> load(String name, ClassLoader loader) {
    try {
      return Class.forName(name, false, loader);
    } catch (ClassNotFoundException e) {
      return null;
    }
  }
}
