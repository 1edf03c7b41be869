package dev.broadside.loads.install;

import dev.broadside.users.Transaction;
import dev.broadside.users.TransactionContext;
import java.time.Duration;

/** What an archive of classes is trained with: it has the runner do what most users need. */
public final class TrainingTransaction implements Transaction {
  /** Made by the runner. */
  public TrainingTransaction() {}

  @Override
  public void run(TransactionContext context) {
    context.addTime("training", Duration.ofMillis(1));
  }
}
