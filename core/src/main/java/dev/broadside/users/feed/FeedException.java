package dev.broadside.users.feed;

/**
 * That one record cannot be read: names the file, the line, the column and what is expected there.
 * It costs the iteration that drew the record; the next draw gives the next one.
 */
public final class FeedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  FeedException(String message) {
    super(message);
  }

  /** One with its place, both counted from 1. */
  static FeedException at(String file, long line, int column, String what) {
    return new FeedException(file + ":" + line + ":" + column + ": " + what);
  }
}
