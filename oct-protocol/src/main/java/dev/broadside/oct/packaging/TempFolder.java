package dev.broadside.oct.packaging;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.UserPrincipal;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A private folder under {@code java.io.tmpdir} that is gone when this is closed, or when the JVM
 * ends. Its lock file is held as long as it is in use, so that others know it from a leftover.
 */
final class TempFolder implements AutoCloseable {
  static final String LOCK = "lock";

  static final String FILES = "turret";

  /** How folders of any process are called. */
  static final String PREFIX = "broadside-turret-";

  /** How folders of this process are called, which it never takes for leftovers. */
  static final String OWN_PREFIX =
      PREFIX
          + ProcessHandle.current().pid()
          + "-"
          + Long.toString(System.currentTimeMillis(), Character.MAX_RADIX)
          + "-";

  private final Path folder;
  private final FileChannel lock;
  private final Thread hook = new Thread(this::delete, "broadside-turret-cleanup");
  private final AtomicBoolean closed = new AtomicBoolean();

  private TempFolder(Path folder) throws IOException {
    this.folder = folder;
    lock =
        FileChannel.open(
            folder.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    lock.lock();
    Files.createDirectory(files()); // last: what has no such folder is not yet a leftover
  }

  /** Makes one, readable by this user alone. */
  static TempFolder create() {
    try {
      Path folder = Files.createTempDirectory(OWN_PREFIX); // 0700 where there are such modes
      TempFolder temp = new TempFolder(folder);
      Runtime.getRuntime().addShutdownHook(temp.hook);
      return temp;
    } catch (IOException e) {
      throw new ArchiveException("cannot make a temporary folder: " + e, e);
    }
  }

  /** The part of it that is for use. */
  Path files() {
    return folder.resolve(FILES);
  }

  /** Who made it. */
  UserPrincipal owner() {
    try {
      return Files.getOwner(folder);
    } catch (IOException e) {
      throw new ArchiveException("cannot tell the owner of " + folder + ": " + e, e);
    }
  }

  /** Deletes it. A second call does nothing. */
  @Override
  public void close() {
    if (closed.getAndSet(true)) return;
    delete();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // the JVM is about to end, and the hook finds nothing to do
    }
  }

  private void delete() {
    Leftovers.delete(files());
    try {
      lock.close();
    } catch (IOException e) {
      // then it goes with the process
    }
    Leftovers.delete(folder);
  }
}
