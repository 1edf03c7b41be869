package dev.broadside.oct.packaging;

/**
 * How large an archive may be once it is unpacked, so that a small file cannot fill the disk.
 *
 * @param bytes of all files together, at least 1
 * @param entries files, folders and links, at least 1
 */
public record ArchiveLimits(long bytes, int entries) {
  /** 1 GiB and 100,000 entries. */
  public static final ArchiveLimits DEFAULT = new ArchiveLimits(1L << 30, 100_000);

  /** Checks both. */
  public ArchiveLimits {
    if (bytes < 1) throw new IllegalArgumentException("bytes < 1: " + bytes);
    if (entries < 1) throw new IllegalArgumentException("entries < 1: " + entries);
  }
}
