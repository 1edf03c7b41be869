package dev.broadside.loads.install;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The options of a JDK for archives of loaded classes: AppCDS, and from 24 on the AOT cache. A JVM
 * that finds an archive of another JDK, or of a jar that has changed, goes on without it.
 */
final class JavaArchives {
  private static final int FIRST_WITH_AOT_CACHE = 24;

  private final boolean aotCache;

  JavaArchives(int feature) {
    aotCache = feature >= FIRST_WITH_AOT_CACHE;
  }

  /** What archives are called at the end of their names. */
  String suffix() {
    return aotCache ? ".aot" : ".jsa";
  }

  /** Has a JVM use an archive, without a word if it cannot. */
  List<String> use(Path archive) {
    return aotCache
        ? List.of("-XX:AOTCache=" + archive, "-Xlog:disable")
        : List.of("-Xshare:auto", "-XX:SharedArchiveFile=" + archive, "-Xlog:disable");
  }

  /** Has a JVM remember what it loads; written at its end. */
  String train(String name) {
    return aotCache
        ? "-XX:AOTMode=record -XX:AOTConfiguration=" + name + ".trained"
        : "-XX:ArchiveClassesAtExit=" + name;
  }

  /** The command that makes the archive of what was trained; none where training makes it. */
  List<String> assemble(String java, List<String> flags, Path jar, String name) {
    if (!aotCache) return List.of();
    List<String> command = new ArrayList<>(List.of(java));
    command.addAll(flags);
    command.addAll(
        List.of(
            "-XX:AOTMode=create",
            "-XX:AOTConfiguration=" + name + ".trained",
            "-XX:AOTCache=" + name,
            "-cp",
            jar.toString()));
    return command;
  }
}
