package dev.broadside.examples.benchmarks;

import dev.broadside.users.Transaction;
import dev.broadside.users.TransactionContext;

/** Does nothing: under Loads three messages a hit, its start, its success, its end. */
public final class EmptyTransaction implements Transaction {
  @Override
  public void run(TransactionContext context) {}
}
