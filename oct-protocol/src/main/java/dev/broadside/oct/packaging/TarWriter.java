package dev.broadside.oct.packaging;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Writes an archive as python's tarfile does; without owners, so that it says nothing of its maker.
 */
final class TarWriter {
  private static final int MODE = 0644;

  private TarWriter() {}

  /** Writes it beside its place and moves it there, so that a failure leaves the old one. */
  static Path write(PackingList list) {
    Path part = list.archive().resolveSibling(list.archive().getFileName() + ".part");
    try {
      write(list, part);
      return Files.move(part, list.archive(), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new ArchiveException("cannot write " + list.archive() + ": " + e, delete(part, e));
    }
  }

  private static IOException delete(Path part, IOException failure) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
    return failure;
  }

  private static void write(PackingList list, Path part) throws IOException {
    try (OutputStream file = Files.newOutputStream(part);
        OutputStream gzip = new GZIPOutputStream(file);
        TarArchiveOutputStream tar = new TarArchiveOutputStream(gzip, "UTF-8")) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
      tar.setAddPaxHeadersForNonAsciiNames(true);
      byte[] config = list.config().getBytes(StandardCharsets.UTF_8);
      begin(tar, TurretArchive.CONFIG, config.length, list.project());
      tar.write(config);
      tar.closeArchiveEntry();
      for (Map.Entry<String, Path> each : list.files().entrySet()) {
        add(tar, each.getKey(), each.getValue());
      }
    }
  }

  private static void add(TarArchiveOutputStream tar, String name, Path file) throws IOException {
    begin(tar, name, Files.size(file), file);
    Files.copy(file, tar);
    tar.closeArchiveEntry();
  }

  private static void begin(TarArchiveOutputStream tar, String name, long size, Path source)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(size);
    entry.setMode(MODE);
    entry.setUserName("");
    entry.setGroupName("");
    entry.setModTime(
        Files.getLastModifiedTime(source)
            .toInstant()
            .truncatedTo(ChronoUnit.SECONDS)
            .toEpochMilli());
    tar.putArchiveEntry(entry);
  }
}
