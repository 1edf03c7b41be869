package dev.broadside.oct.protocol;

/** Says that a text is for a real parser to judge. It has no stack trace: nobody gets to see it. */
final class UnusualJsonException extends Exception {
  private static final long serialVersionUID = 1L;

  UnusualJsonException() {
    super("unusual JSON", null, false, false);
  }
}
