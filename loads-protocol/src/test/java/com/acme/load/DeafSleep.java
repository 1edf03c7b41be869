package com.acme.load;

import dev.broadside.users.Transaction;
import dev.broadside.users.TransactionContext;
import java.util.concurrent.locks.LockSupport;

/** Sleeps whoever interrupts it. */
public class DeafSleep implements Transaction {
  @Override
  public void run(TransactionContext context) {
    while (true) {
      LockSupport.parkNanos(1_000_000_000);
      boolean unused = Thread.interrupted();
    }
  }
}
