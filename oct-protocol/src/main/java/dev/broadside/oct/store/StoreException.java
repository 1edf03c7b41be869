package dev.broadside.oct.store;

import org.jspecify.annotations.Nullable;

/** A database of results cannot be opened or read. The message names it and the fault. */
public final class StoreException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  /** What cannot be done, and the fault that is behind it. */
  public StoreException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
