package com.acme.resident;

import dev.broadside.loads.LoadsReporter;
import dev.broadside.users.Transaction;
import dev.broadside.users.TransactionContext;

/** Tells, by a reporter of its own, that it waits; then waits for longer than anybody does. */
public final class Queueing implements Transaction {
  @Override
  public void run(TransactionContext context) throws InterruptedException {
    try (LoadsReporter reporter = LoadsReporter.fromEnvironment()) {
      reporter.incrCounter("com.acme.resident.Queueing", "queueing");
    }
    Thread.sleep(60_000);
  }
}
