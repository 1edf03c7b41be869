package dev.broadside.oct.packaging;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.archivers.tar.TarUtils;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.apache.commons.compress.compressors.xz.XZUtils;

/** Finds the tar in a file, by its content: the file's name says nothing. */
final class ArchiveStreams {
  private static final int BLOCK = 512;
  private static final int XZ_MEMORY_KIB = 256 * 1024;

  private ArchiveStreams() {}

  /** The tar itself, in a stream that can be marked. */
  static InputStream tar(InputStream file) throws IOException {
    BufferedInputStream tar = new BufferedInputStream(decompressed(new BufferedInputStream(file)));
    byte[] block = peek(tar, BLOCK);
    if (!isHeader(block)) throw new ArchiveException("is not a tar archive");
    return tar;
  }

  private static boolean isHeader(byte[] block) {
    try {
      return block.length == BLOCK && TarUtils.verifyCheckSum(block);
    } catch (IllegalArgumentException e) {
      return false; // not even a number where the checksum should be
    }
  }

  private static InputStream decompressed(BufferedInputStream file) throws IOException {
    byte[] start = peek(file, 6);
    if (start.length == 0) throw new ArchiveException("is empty");
    if (begins(start, 0x1f, 0x8b)) return gzip(file);
    if (begins(start, 'B', 'Z', 'h')) return new BZip2CompressorInputStream(file, true);
    if (begins(start, 0xfd, '7', 'z', 'X', 'Z', 0)) return xz(file);
    if (begins(start, 0x28, 0xb5, 0x2f, 0xfd)) {
      throw new ArchiveException("is compressed with zstd; expected gzip, bzip2, xz or none");
    }
    return file;
  }

  private static InputStream gzip(InputStream file) throws IOException {
    return GzipCompressorInputStream.builder()
        .setInputStream(file)
        .setDecompressConcatenated(true)
        .get();
  }

  private static InputStream xz(InputStream file) throws IOException {
    if (XZUtils.isXZCompressionAvailable()) {
      return XZCompressorInputStream.builder()
          .setInputStream(file)
          .setDecompressConcatenated(true)
          .setMemoryLimitKiB(XZ_MEMORY_KIB)
          .get();
    }
    throw new ArchiveException(
        "is compressed with xz, which needs the library org.tukaani:xz; add it to the dependencies,"
            + " or pack the archive with gzip");
  }

  private static boolean begins(byte[] start, int... magic) {
    for (int i = 0; i < magic.length; i++) {
      if (i >= start.length || (start[i] & 0xff) != magic[i]) return false;
    }
    return true;
  }

  private static byte[] peek(BufferedInputStream in, int length) throws IOException {
    in.mark(length);
    byte[] bytes = in.readNBytes(length);
    in.reset();
    return bytes;
  }
}
