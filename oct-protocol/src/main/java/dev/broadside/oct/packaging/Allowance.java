package dev.broadside.oct.packaging;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Counts what is unpacked, and ends it at the limits. */
final class Allowance {
  private static final int BUFFER_BYTES = 1 << 16;

  private final ArchiveLimits limits;
  private long bytes;
  private int entries;

  Allowance(ArchiveLimits limits) {
    this.limits = limits;
  }

  /** One more entry. */
  void entry() {
    if (++entries > limits.entries()) {
      throw new ArchiveException("is beyond the limit of " + limits.entries() + " entries");
    }
  }

  /** Copies all of a stream, counting. */
  void copy(InputStream in, OutputStream out) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      bytes += read;
      if (bytes > limits.bytes()) {
        throw new ArchiveException("is beyond the limit of " + limits.bytes() + " bytes");
      }
      out.write(buffer, 0, read);
    }
  }
}
