package dev.broadside.oct.results;

import org.jspecify.annotations.Nullable;

/** A database of results cannot be opened or read. The message names it and the fault. */
public final class StoreException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  StoreException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
