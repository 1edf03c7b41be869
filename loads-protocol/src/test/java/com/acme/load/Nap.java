package com.acme.load;

import dev.broadside.users.Transaction;
import dev.broadside.users.TransactionContext;

/** Sleeps for 50 ms, and times it. */
public class Nap implements Transaction {
  @Override
  public void run(TransactionContext context) throws Exception {
    context.timer("nap", () -> Thread.sleep(50));
  }
}
