package com.acme.load;

import dev.broadside.users.Transaction;
import dev.broadside.users.TransactionContext;

/** Does nothing, well. */
public class Checkout implements Transaction {
  @Override
  public void run(TransactionContext context) {}
}
