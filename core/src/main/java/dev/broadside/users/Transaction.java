package dev.broadside.users;

/**
 * What one virtual user does, again and again. Each user has an instance of its own, made once by a
 * factory and used by that user's thread alone, so fields need no locks.
 *
 * <p>Every iteration calls {@link #setUp}, {@link #run}, {@link #tearDown} and gives one result;
 * only {@code run} is timed. A failing {@code setUp} skips {@code run}; {@code tearDown} is called
 * in any case; the first failure is the result's error. What throws costs that iteration only: the
 * user goes on. What is needed once for each user belongs in the constructor, and is released in
 * {@code close()} if the class is {@link AutoCloseable}.
 *
 * <p>Source: OCT's {@code GenericTransaction} ({@code set_up}, {@code run}, {@code tear_down}).
 */
@FunctionalInterface
public interface Transaction {
  /** Prepares one iteration; not timed. */
  default void setUp(TransactionContext context) throws Exception {}

  /** Does the work that is measured. */
  void run(TransactionContext context) throws Exception;

  /** Cleans up after one iteration; not timed. */
  default void tearDown(TransactionContext context) throws Exception {}
}
