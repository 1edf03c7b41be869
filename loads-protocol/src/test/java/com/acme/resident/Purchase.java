package com.acme.resident;

import dev.broadside.users.Transaction;
import dev.broadside.users.TransactionContext;

/** Succeeds at once. */
public final class Purchase implements Transaction {
  @Override
  public void run(TransactionContext context) {}
}
