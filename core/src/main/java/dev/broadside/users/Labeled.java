package dev.broadside.users;

/**
 * A transaction that tells itself what its results are counted under; others are counted under the
 * simple name of their class.
 */
public interface Labeled {
  /** The label of the iteration that was begun last. Called on the user's thread, after each. */
  String label();

  /**
   * The label of a transaction.
   *
   * @param fallback that of a lambda, or of another class without a name
   */
  static String labelOf(Transaction transaction, String fallback) {
    if (transaction instanceof Labeled labeled) return labeled.label();
    Class<?> type = transaction.getClass();
    return type.isHidden() || type.getSimpleName().isEmpty() ? fallback : type.getSimpleName();
  }
}
