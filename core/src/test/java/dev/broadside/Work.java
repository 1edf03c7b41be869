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

  /** Does not even end then, for a while. */
  static final class Deaf implements Transaction {
    @Override
    public void run(TransactionContext context) {
      long end = System.nanoTime() + 4_000_000_000L;
      while (System.nanoTime() < end) {
        try {
          Thread.sleep(10);
        } catch (InterruptedException e) {
          // says who is deaf
        }
      }
    }
  }
}
