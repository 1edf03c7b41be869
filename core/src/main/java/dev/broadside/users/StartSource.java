package dev.broadside.users;

import org.jspecify.annotations.Nullable;

/** Tells one user when to begin its iterations. Used by that user's thread alone. */
interface StartSource {
  /**
   * Waits until the user may begin its next iteration; the one before, if there was one, is over.
   * Not disturbed by interrupts.
   *
   * @return null if the user is to leave; then it stays so. May first be {@link Start#PREPARATION}
   */
  @Nullable Start next();

  /** The user has left, told to or not: it has closed its transaction and asks for no more. */
  default void left() {}
}
