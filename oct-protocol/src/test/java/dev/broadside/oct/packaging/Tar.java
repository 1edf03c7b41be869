package dev.broadside.oct.packaging;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Builds archives for tests, malicious ones too. */
final class Tar {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8");

  private Tar() {
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
  }

  /** An archive that has nothing yet. */
  static Tar empty() {
    return new Tar();
  }

  /** An archive with a configuration. */
  static Tar withConfig() {
    return empty().file("config.json", "{}");
  }

  Tar file(String name, String text) {
    return file(name, text.getBytes(StandardCharsets.UTF_8));
  }

  Tar file(String name, byte[] content) {
    TarArchiveEntry entry = new TarArchiveEntry(name, true); // true keeps a leading slash
    entry.setSize(content.length);
    return add(entry, content);
  }

  Tar folder(String name) {
    return add(new TarArchiveEntry(name + "/", TarConstants.LF_DIR), new byte[0]);
  }

  Tar symbolicLink(String name, String target) {
    return link(name, target, TarConstants.LF_SYMLINK);
  }

  Tar hardLink(String name, String target) {
    return link(name, target, TarConstants.LF_LINK);
  }

  private Tar link(String name, String target, byte type) {
    TarArchiveEntry entry = new TarArchiveEntry(name, type);
    entry.setLinkName(target);
    return add(entry, new byte[0]);
  }

  Tar special(String name, byte type) {
    return add(new TarArchiveEntry(name, type), new byte[0]);
  }

  /** What GNU tar writes before an entry whose name is long. */
  Tar longName(byte[] name) {
    TarArchiveEntry entry = new TarArchiveEntry("././@LongLink", TarConstants.LF_GNUTYPE_LONGNAME);
    entry.setSize(name.length);
    return add(entry, name);
  }

  private Tar add(TarArchiveEntry entry, byte[] content) {
    try {
      tar.putArchiveEntry(entry);
      tar.write(content);
      tar.closeArchiveEntry();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The archive, uncompressed. */
  byte[] bytes() {
    try {
      tar.close();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes the archive, compressed with gzip. */
  Path writeTo(Path file) {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(bytes());
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
