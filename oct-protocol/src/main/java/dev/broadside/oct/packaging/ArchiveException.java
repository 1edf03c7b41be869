package dev.broadside.oct.packaging;

/**
 * An archive cannot be made or unpacked. The message names the archive, the entry and the fault.
 */
public final class ArchiveException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ArchiveException(String message) {
    super(message);
  }

  ArchiveException(String message, Throwable cause) {
    super(message, cause);
  }
}
