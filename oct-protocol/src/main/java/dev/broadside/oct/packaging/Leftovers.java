package dev.broadside.oct.packaging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Temporary folders of processes that were killed before they could delete them. */
final class Leftovers {
  private static final Logger LOG = System.getLogger(Leftovers.class.getName());

  private Leftovers() {}

  /** Deletes those of this user whose lock nobody holds. What fails is left for the next time. */
  static void sweep(UserPrincipal user) {
    Path temp = Path.of(System.getProperty("java.io.tmpdir"));
    try (Stream<Path> folders = Files.list(temp)) {
      List<Path> others = folders.filter(folder -> isOfAnotherProcess(folder, user)).toList();
      for (Path folder : others) sweep(folder);
    } catch (IOException | UncheckedIOException e) {
      LOG.log(Level.DEBUG, "cannot look for leftovers in " + temp, e);
    }
  }

  private static boolean isOfAnotherProcess(Path folder, UserPrincipal user) {
    String name = String.valueOf(folder.getFileName());
    return name.startsWith(TempFolder.PREFIX)
        && !name.startsWith(TempFolder.OWN_PREFIX)
        && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
        && isOwnedBy(user, folder);
  }

  private static boolean isOwnedBy(UserPrincipal user, Path folder) {
    try {
      return Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(user);
    } catch (IOException e) {
      return false; // gone meanwhile
    }
  }

  private static void sweep(Path folder) {
    Path lockFile = folder.resolve(TempFolder.LOCK);
    try (FileChannel channel =
            FileChannel.open(lockFile, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        FileLock lock = channel.tryLock()) {
      Path files = folder.resolve(TempFolder.FILES);
      if (lock == null || Files.notExists(files)) return; // its process lives
      delete(files);
      delete(folder);
    } catch (IOException | OverlappingFileLockException e) {
      LOG.log(Level.DEBUG, "cannot sweep " + folder, e);
    }
  }

  /** Deletes a folder with all that is in it, as far as it can. */
  static void delete(Path folder) {
    try {
      if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS))
        Files.walkFileTree(folder, new Deletion());
    } catch (IOException e) {
      LOG.log(Level.WARNING, "cannot delete the temporary folder " + folder, e);
    }
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e)
        throws IOException {
      Files.delete(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
