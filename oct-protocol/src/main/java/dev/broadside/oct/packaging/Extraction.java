package dev.broadside.oct.packaging;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks one archive into an empty folder. Trusts nothing in it: no link is ever made, so that no
 * entry can be written through one, and all that is read is counted.
 */
final class Extraction {
  private static final long HEADER_BYTES = 1 << 20;

  private final Path archive;
  private final Path folder;
  private final Allowance allowance;
  private final LinkCopies links;
  private @Nullable String entryName;

  Extraction(Path archive, Path folder, ArchiveLimits limits) {
    this.archive = archive;
    this.folder = folder;
    this.allowance = new Allowance(limits);
    this.links = new LinkCopies(folder, allowance);
  }

  /** Unpacks everything, or fails naming the archive and the entry. */
  void run() {
    try (InputStream file = Files.newInputStream(archive)) {
      unpack(new MeteredInputStream(ArchiveStreams.tar(file)));
      links.copyAll();
    } catch (ArchiveException e) {
      throw new ArchiveException(where() + " " + e.getMessage(), e);
    } catch (NoSuchFileException e) {
      throw new ArchiveException(
          "archive " + archive + " is missing: " + archive.toAbsolutePath(), e);
    } catch (IOException
        | RuntimeException e) { // the library throws several kinds at broken headers
      throw new ArchiveException(
          where() + " cannot be unpacked, it may be damaged or cut off: " + e, e);
    }
    if (!Files.isRegularFile(folder.resolve(TurretArchive.CONFIG))) {
      throw new ArchiveException("archive " + archive + " has no config.json at its top");
    }
  }

  private String where() {
    return "archive " + archive + (entryName == null ? "" : ", entry \"" + entryName + "\"");
  }

  private void unpack(MeteredInputStream in) throws IOException {
    TarArchiveInputStream tar = new TarArchiveInputStream(in, "UTF-8");
    for (TarArchiveEntry entry = next(in, tar); entry != null; entry = next(in, tar)) {
      entryName = entry.getName();
      allowance.entry();
      in.allow(Long.MAX_VALUE); // the content is counted as it is written
      unpack(entry, tar);
    }
    entryName = null;
    in.allow(HEADER_BYTES);
    in.transferTo(OutputStream.nullOutputStream()); // to the checksum of the compression
  }

  private static @Nullable TarArchiveEntry next(MeteredInputStream in, TarArchiveInputStream tar)
      throws IOException {
    in.allow(HEADER_BYTES);
    return tar.getNextEntry();
  }

  private void unpack(TarArchiveEntry entry, InputStream content) throws IOException {
    Path path = EntryNames.inside(folder, entry.getName());
    if (entry.isSymbolicLink()) {
      links.add(path, EntryNames.target(folder, path, entry.getLinkName()), entry.getName());
    } else if (entry.isLink()) {
      links.add(path, EntryNames.hardTarget(folder, entry.getLinkName()), entry.getName());
    } else if (entry.isDirectory()) {
      Files.createDirectories(path);
    } else if (isFile(entry)) {
      write(path, content);
    } else {
      throw new ArchiveException("is neither a file nor a folder nor a link");
    }
  }

  private static boolean isFile(TarArchiveEntry entry) {
    return switch (entry.getLinkFlag()) {
      case TarConstants.LF_OLDNORM,
          TarConstants.LF_NORMAL,
          TarConstants.LF_CONTIG,
          TarConstants.LF_GNUTYPE_SPARSE ->
          true;
      default -> false;
    };
  }

  private void write(Path path, InputStream content) throws IOException {
    links.forget(path); // as in python, the last entry of a name counts
    Files.createDirectories(path.resolveSibling(""));
    try (OutputStream out = Files.newOutputStream(path)) {
      allowance.copy(content, out);
    }
  }
}
