package dev.broadside;

import dev.broadside.users.Labeled;
import dev.broadside.users.Transaction;
import dev.broadside.users.TransactionContext;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A transaction under the label that its scenario gives it.
 *
 * @param transaction the user's own
 * @param label what its results are counted under
 */
record LabeledTransaction(Transaction transaction, String label)
    implements Transaction, Labeled, AutoCloseable {
  /**
   * A transaction that was just made.
   *
   * @param name the label it was given; null for that of its class
   * @param fallback the label of one whose class has no name
   */
  static LabeledTransaction of(@Nullable Transaction made, @Nullable String name, String fallback) {
    Objects.requireNonNull(made, "the factory made no transaction");
    return new LabeledTransaction(made, name == null ? Labeled.labelOf(made, fallback) : name);
  }

  @Override
  public void setUp(TransactionContext context) throws Exception {
    transaction.setUp(context);
  }

  @Override
  public void run(TransactionContext context) throws Exception {
    transaction.run(context);
  }

  @Override
  public void tearDown(TransactionContext context) throws Exception {
    transaction.tearDown(context);
  }

  @Override
  public void close() throws Exception {
    if (transaction instanceof AutoCloseable closeable) closeable.close();
  }
}
