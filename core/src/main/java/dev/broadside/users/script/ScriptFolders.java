package dev.broadside.users.script;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The jars in a script's folder and in that of its configuration. */
final class ScriptFolders {
  private ScriptFolders() {}

  /** The folder that a file lies in. */
  static Path of(Path file) {
    return file.resolveSibling("");
  }

  /** The jars of both folders, in the order of their names; folders inside are not searched. */
  static Set<Path> jars(Path scriptFolder, Path folder) {
    Set<Path> jars = new LinkedHashSet<>(jarsIn(scriptFolder));
    jars.addAll(jarsIn(folder.toAbsolutePath().normalize()));
    return jars;
  }

  static List<Path> jarsIn(Path folder) {
    if (!Files.isDirectory(folder)) return List.of();
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(ScriptFolders::isJar).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + folder, e);
    }
  }

  private static boolean isJar(Path file) {
    return file.toString().endsWith(".jar") && Files.isRegularFile(file);
  }
}
