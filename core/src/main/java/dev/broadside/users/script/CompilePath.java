package dev.broadside.users.script;

import dev.broadside.users.Transaction;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What this program itself runs on, wherever it was started from: a jar, Maven (whose class loaders
 * alone know the truth), or the module path.
 */
final class CompilePath {
  private CompilePath() {}

  /** All jars and folders with classes, those of the library first. */
  static Set<Path> of(ClassLoader parent) {
    Set<Path> places = new LinkedHashSet<>();
    CodeSource library = Transaction.class.getProtectionDomain().getCodeSource();
    if (library != null) add(library.getLocation(), places);
    addLoaders(parent, places);
    entries("java.class.path").forEach(places::add);
    entries("jdk.module.path").forEach(entry -> places.addAll(modulesIn(entry)));
    places.removeIf(Files::notExists);
    return places;
  }

  private static void addLoaders(@Nullable ClassLoader first, Set<Path> places) {
    for (ClassLoader loader = first; loader != null; loader = loader.getParent()) {
      if (loader instanceof URLClassLoader urls) {
        for (URL url : urls.getURLs()) add(url, places);
      }
    }
  }

  private static void add(@Nullable URL url, Set<Path> places) {
    if (url == null || !url.getProtocol().equals("file")) return;
    try {
      places.add(Path.of(url.toURI()));
    } catch (URISyntaxException | IllegalArgumentException e) {
      // not a file of this machine, so of no use to a compiler
    }
  }

  private static List<Path> entries(String property) {
    List<Path> entries = new ArrayList<>();
    for (String entry : System.getProperty(property, "").split(File.pathSeparator, -1)) {
      try {
        if (!entry.isEmpty()) entries.add(Path.of(entry).toAbsolutePath());
      } catch (InvalidPathException e) {
        // as the launcher does: what is no path is not there
      }
    }
    return entries;
  }

  /** An entry of the module path is a module, or a folder of modules. */
  private static List<Path> modulesIn(Path entry) {
    if (!Files.isDirectory(entry) || isExplodedModule(entry)) return List.of(entry);
    List<Path> modules = new ArrayList<>(ScriptFolders.jarsIn(entry));
    try (Stream<Path> folders = Files.list(entry)) {
      folders.filter(CompilePath::isExplodedModule).sorted().forEach(modules::add);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + entry, e);
    }
    return modules;
  }

  private static boolean isExplodedModule(Path folder) {
    return Files.exists(folder.resolve("module-info.class"));
  }
}
