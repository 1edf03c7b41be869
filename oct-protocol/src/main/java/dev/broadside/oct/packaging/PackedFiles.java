package dev.broadside.oct.packaging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Gathers the files of one turret, and what is wrong with them. */
final class PackedFiles {
  private static final Pattern FILE =
      Pattern.compile("(.+\\.(?:java|jar|py))(?:#.*)?", Pattern.CASE_INSENSITIVE);
  private static final Pattern CLASS = Pattern.compile("[^/\\\\:\\s]+");

  private final Path project;
  private final String where;
  private final List<String> faults;
  private final Map<String, Path> byName = new LinkedHashMap<>();

  PackedFiles(Path project, String where, List<String> faults) {
    this.project = project.normalize();
    this.where = where;
    this.faults = faults;
  }

  /** The files so far, by their names in the archive. */
  Map<String, Path> byName() {
    return byName;
  }

  /** Under its configured path; a class on the turret's class path is no file. */
  void addScript(String script) {
    Matcher file = FILE.matcher(script.strip());
    if (file.matches()) addScriptFile(script, file.group(1));
    else if (isFile(script)) addScriptFile(script, script);
    else if (!CLASS.matcher(script.strip()).matches()) missing("script", script);
  }

  private boolean isFile(String script) {
    try {
      return Files.isRegularFile(project.resolve(script));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private void addScriptFile(String script, String path) {
    Path file = resolve("script", path);
    if (file == null) return;
    if (Path.of(path).isAbsolute() || !file.startsWith(project)) {
      fault("script", script, "lies outside of the project; expected a path inside " + project);
    } else if (!Files.isRegularFile(file)) {
      missing("script", script);
    } else {
      add("script", script, name(project.relativize(file)), file);
    }
  }

  /** Under their base names, folders with all that is in them. */
  void addExtraFiles(@Nullable Object extraFiles) {
    if (extraFiles == null) return;
    if (!(extraFiles instanceof List<?> list)) {
      fault("extra_files", extraFiles, "is not a list of paths");
      return;
    }
    for (Object path : list) addExtraFile(path);
  }

  private void addExtraFile(@Nullable Object path) {
    Path file = path instanceof String text ? resolve("extra_files", text) : null;
    if (file == null || file.getFileName() == null || file.equals(project)) {
      fault("extra_files", path, "is not the path of a file or of a folder in the project");
    } else if (Files.isDirectory(file)) {
      addFolder(file);
    } else if (Files.isRegularFile(file)) {
      add("extra_files", path, file.getFileName().toString(), file);
    } else {
      missing("extra_files", path);
    }
  }

  private void addFolder(Path folder) {
    try (Stream<Path> files = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        add("extra_files", file, name(folder.resolveSibling("").relativize(file)), file);
      }
    } catch (IOException | UncheckedIOException e) {
      fault("extra_files", folder, "cannot be read: " + e.getMessage());
    }
  }

  private @Nullable Path resolve(String key, String path) {
    try {
      return project.resolve(path).normalize();
    } catch (InvalidPathException e) {
      fault(key, path, "is not a path: " + e.getReason());
      return null;
    }
  }

  private void add(String key, @Nullable Object value, String name, Path file) {
    Path other = name.equals(TurretArchive.CONFIG) ? project : byName.putIfAbsent(name, file);
    if (other != null && !other.equals(file)) {
      fault(key, value, "would be " + name + " in the archive, where another file has that name");
    }
  }

  private static String name(Path relative) {
    return relative.toString().replace('\\', '/');
  }

  private void missing(String key, @Nullable Object path) {
    fault(key, path, "is not there; looked for " + project.resolve(String.valueOf(path)));
  }

  private void fault(String key, @Nullable Object value, String fault) {
    faults.add(where + "\"" + key + "\": \"" + value + "\" " + fault);
  }
}
