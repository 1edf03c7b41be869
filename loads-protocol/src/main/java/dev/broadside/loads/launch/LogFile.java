package dev.broadside.loads.launch;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A file that many processes append to. Each call is one write behind the end of the file, so that
 * what is written stays together. A file that is full is renamed to {@code .1}, in the place of the
 * one before; who finds it full does that under a lock, unless another has done it meanwhile.
 */
final class LogFile implements AutoCloseable {
  /** Rolling has to be told apart between the threads of this process, too. */
  private static final Object ROLLING = new Object();

  private final Path file;
  private final long maxBytes;
  private FileOutputStream out;

  LogFile(Path file, long maxBytes) throws IOException {
    this.file = file;
    this.maxBytes = maxBytes;
    this.out = open();
  }

  private FileOutputStream open() throws IOException {
    return new FileOutputStream(file.toFile(), true);
  }

  synchronized void append(byte[] lines) throws IOException {
    if (out.getChannel().size() + lines.length > maxBytes) roll(lines.length);
    out.write(lines);
  }

  private void roll(int wanted) throws IOException {
    out.close();
    synchronized (ROLLING) {
      try (FileChannel channel =
              FileChannel.open(
                  beside(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        if (isFull(wanted)) Files.move(file, beside(".1"), StandardCopyOption.REPLACE_EXISTING);
      } finally {
        out = open();
      }
    }
  }

  /** What was open here may have been renamed by another, and a new file begun. */
  private boolean isFull(int wanted) throws IOException {
    return Files.exists(file) && Files.size(file) + wanted > maxBytes;
  }

  private Path beside(String ending) {
    return file.resolveSibling(file.getFileName() + ending);
  }

  @Override
  public synchronized void close() throws IOException {
    out.close();
  }
}
