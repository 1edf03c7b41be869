package com.acme.resident;

import dev.broadside.users.Transaction;
import dev.broadside.users.TransactionContext;

/** Ends the process that it is run in. */
public final class Leaving implements Transaction {
  @Override
  public void run(TransactionContext context) {
    System.exit(0);
  }
}
