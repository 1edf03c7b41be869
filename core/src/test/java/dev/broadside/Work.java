package dev.broadside;

import dev.broadside.users.Transaction;
import dev.broadside.users.TransactionContext;
import java.util.concurrent.CountDownLatch;

/** Transactions for tests. */
final class Work {
  private Work() {}

  /** Takes a moment. */
  static final class Checkout implements Transaction {
    @Override
    public void run(TransactionContext context) throws Exception {
      Thread.sleep(1);
    }
  }

  /** Takes a moment too. */
  static final class Browse implements Transaction {
    @Override
    public void run(TransactionContext context) throws Exception {
      Thread.sleep(1);
    }
  }

  /** Always fails. */
  static final class Broken implements Transaction {
    @Override
    public void run(TransactionContext context) throws Exception {
      Thread.sleep(1);
      throw new IllegalStateException("out of stock");
    }
  }

  /** Ends only when it is interrupted. */
  static final class Stuck implements Transaction {
    @Override
    public void run(TransactionContext context) throws Exception {
      new CountDownLatch(1).await();
    }
  }
}
