package dev.broadside.oct.packaging;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Puts copies in the place of links, when all that they can lead to is there. python's tarfile
 * writes a second name of a file as a hard link, and packs symbolic links as such.
 */
final class LinkCopies {
  private record Link(Path path, Path target, String entryName) {}

  private final Path folder;
  private final Allowance allowance;
  private final Map<Path, Link> links = new LinkedHashMap<>();

  LinkCopies(Path folder, Allowance allowance) {
    this.folder = folder;
    this.allowance = allowance;
  }

  void add(Path path, Path target, String entryName) throws IOException {
    if (Files.isRegularFile(path)) Files.delete(path); // the last entry of a name counts
    links.put(path, new Link(path, target, entryName));
  }

  void forget(Path path) {
    links.remove(path);
  }

  /** Each round may make the targets of further links. */
  void copyAll() throws IOException {
    while (!links.isEmpty()) {
      List<Link> ready = links.values().stream().filter(this::isReady).toList();
      if (ready.isEmpty()) throw deadEnd();
      for (Link link : ready) copy(link);
      links.values().removeAll(ready);
    }
  }

  /** What it leads to is there, and whole. */
  private boolean isReady(Link link) {
    return Files.exists(link.target())
        && links.keySet().stream().noneMatch(other -> other.startsWith(link.target()));
  }

  private void copy(Link link) throws IOException {
    if (Files.exists(link.path())) throw faulty(link, "there are entries below it, or above it");
    try (Stream<Path> files = Files.walk(link.target())) {
      for (Path file : files.toList())
        copyOne(file, link.path().resolve(link.target().relativize(file)));
    }
  }

  private void copyOne(Path from, Path to) throws IOException {
    allowance.entry();
    if (Files.isDirectory(from)) {
      Files.createDirectories(to);
      return;
    }
    Files.createDirectories(to.resolveSibling(""));
    try (InputStream in = Files.newInputStream(from);
        OutputStream out = Files.newOutputStream(to)) {
      allowance.copy(in, out);
    }
  }

  private ArchiveException deadEnd() {
    Link first = links.values().iterator().next();
    return faulty(first, "the archive does not have that, or only as a link in a circle");
  }

  private ArchiveException faulty(Link link, String fault) {
    return new ArchiveException(
        "has entry \"%s\", a link to %s: %s"
            .formatted(link.entryName(), folder.relativize(link.target()), fault));
  }
}
