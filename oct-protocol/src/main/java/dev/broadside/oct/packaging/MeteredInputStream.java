package dev.broadside.oct.packaging;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Hands out no more than was allowed last. What describes an entry (long names, PAX headers) is
 * read into memory by the tar library, so an archive that never ends must not be read on.
 */
final class MeteredInputStream extends FilterInputStream {
  private long allowed;

  MeteredInputStream(InputStream in) {
    super(in);
  }

  void allow(long bytes) {
    allowed = bytes;
  }

  @Override
  public int read() throws IOException {
    int value = super.read();
    if (value >= 0) count(1);
    return value;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int read = super.read(bytes, offset, length);
    count(read);
    return read;
  }

  @Override
  public long skip(long bytes) throws IOException {
    long skipped = super.skip(bytes);
    count(skipped);
    return skipped;
  }

  private void count(long bytes) {
    allowed -= Math.max(0, bytes);
    if (allowed < 0) throw new ArchiveException("has a header without end");
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
