package dev.broadside.users.feed;

/**
 * A line of a file, without the line feed that ends it.
 *
 * @param number counted from 1
 * @param text its characters; a carriage return at its end is still there
 * @param brokenAt the column, counted from 1, of the first byte that is not UTF-8; 0 if there is
 *     none
 */
record Line(long number, String text, int brokenAt) {
  /** Where it ends, a carriage return not counted. */
  int end() {
    return text.endsWith("\r") ? text.length() - 1 : text.length();
  }
}
