package com.acme.load;

import dev.broadside.users.Transaction;
import dev.broadside.users.TransactionContext;
import java.time.Duration;

/** Has 2000 timers in each iteration. */
public class Flood implements Transaction {
  @Override
  public void run(TransactionContext context) {
    for (int i = 0; i < 2000; i++) context.addTime("page " + i, Duration.ofMillis(3));
  }
}
