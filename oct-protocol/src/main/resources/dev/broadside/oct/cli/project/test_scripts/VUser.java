import dev.broadside.users.Transaction;
import dev.broadside.users.TransactionContext;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What one virtual user does. Every cannon makes a VUser of its own and calls run() again and again, until
 * the headquarters says stop. Each call gives one result.
 *
 * <p>No build is needed: the turret compiles this file when it starts.
 */
public class VUser implements Transaction {

  /** Once for each cannon: connections, test data, a login that lasts for the whole run. */
  public VUser() {}

  /** Before each run(), and not part of its time. Leave it out if there is nothing to prepare. */
  @Override
  public void setUp(TransactionContext context) {}

  /**
   * One transaction. Its time is what the report calls the transaction time. It fails when it throws
   * something: then the message is the error that the report counts, and the cannon goes on.
   */
  @Override
  public void run(TransactionContext context) throws Exception {
    // A custom timer measures a part of the transaction under a name of its own.
    try (var timer = context.timer("search")) {
      pretendToWork(20, 60); // your request comes here
    }

    // The other way to write it, for work that returns something.
    String basket = context.timer("add to basket", () -> addToBasket("a book"));
    if (basket.isEmpty()) throw new IllegalStateException("the basket is empty");
  }

  /** After each run(), failed or not, and not part of its time. Leave it out likewise. */
  @Override
  public void tearDown(TransactionContext context) {}

  private static String addToBasket(String article) throws InterruptedException {
    pretendToWork(5, 30);
    return article;
  }

  /** Waits for a random time, in milliseconds, as a server would let us wait. */
  private static void pretendToWork(int atLeast, int atMost) throws InterruptedException {
    Thread.sleep(ThreadLocalRandom.current().nextInt(atLeast, atMost + 1));
  }
}
