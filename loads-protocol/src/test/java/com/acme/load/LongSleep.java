package com.acme.load;

import dev.broadside.users.Transaction;
import dev.broadside.users.TransactionContext;

/** Sleeps until somebody interrupts it. */
public class LongSleep implements Transaction {
  @Override
  public void run(TransactionContext context) throws Exception {
    Thread.sleep(1_000_000);
  }
}
