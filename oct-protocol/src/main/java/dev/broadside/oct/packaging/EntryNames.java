package dev.broadside.oct.packaging;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Turns what an archive calls its entries into paths that cannot leave the folder. */
final class EntryNames {
  private static final Pattern ABSOLUTE = Pattern.compile("[/\\\\].*|[A-Za-z]:.*", Pattern.DOTALL);

  private EntryNames() {}

  /** Where an entry belongs; the folder itself for {@code ./}. */
  static Path inside(Path folder, String name) {
    return inside(folder, folder, name, "leaves the folder");
  }

  /** Where a symbolic link leads; it is relative to where it lies. */
  static Path target(Path folder, Path link, String target) {
    return inside(folder, link.resolveSibling(""), target, leads(target));
  }

  /** Where a hard link leads; it is relative to the folder. */
  static Path hardTarget(Path folder, String target) {
    return inside(folder, folder, target, leads(target));
  }

  private static String leads(String target) {
    return "is a link that leaves the folder: " + target;
  }

  private static Path inside(Path folder, Path start, String name, String fault) {
    if (name.isEmpty() || ABSOLUTE.matcher(name).matches()) throw new ArchiveException(fault);
    try {
      Path path = start.resolve(name).normalize();
      if (!path.startsWith(folder)) throw new ArchiveException(fault);
      return path;
    } catch (InvalidPathException e) {
      throw new ArchiveException("has a name that is no path here: " + e.getReason(), e);
    }
  }
}
