package dev.broadside.examples.benchmarks;

import dev.broadside.oct.Turret;
import dev.broadside.oct.TurretListener;
import dev.broadside.oct.TurretRun;
import dev.broadside.users.Transaction;
import dev.broadside.users.TransactionContext;
import java.util.LongSummaryStatistics;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** A turret fires an empty transaction as fast as it can. */
final class TurretRound {
  private static final int RUN_END_SECONDS = 30;

  private final Queue<CountingTransaction> transactions = new ConcurrentLinkedQueue<>();
  private final CompletableFuture<TurretRun> run = new CompletableFuture<>();

  private TurretRound() {}

  static RoundResult fire(CounterProcess counter, TurretOptions options) throws Exception {
    TurretRound round = new TurretRound();
    try (Turret turret = round.turret(counter.open(options.seconds()), options)) {
      turret.start();
      Tally tally = counter.tally();
      TurretRun run = round.run.get(RUN_END_SECONDS, TimeUnit.SECONDS);
      return new RoundResult(tally, run.results(), round.fired(), run.heldBack());
    }
  }

  private Turret turret(Ports ports, TurretOptions options) {
    return Turret.builder(this::transaction)
        .name("navigation")
        .headquarters("127.0.0.1", ports.orders(), ports.results())
        .cannons(options.cannons())
        .threads(options.threads())
        .listener(
            new TurretListener() {
              @Override
              public void runEnded(TurretRun ended) {
                run.complete(ended);
              }
            })
        .build();
  }

  private Transaction transaction() {
    CountingTransaction transaction = new CountingTransaction();
    transactions.add(transaction);
    return transaction;
  }

  private LongSummaryStatistics fired() {
    return transactions.stream().mapToLong(transaction -> transaction.fired).summaryStatistics();
  }

  /** Only counts; read when its cannon has ended. */
  private static final class CountingTransaction implements Transaction {
    private long fired;

    @Override
    public void run(TransactionContext context) {
      fired++;
    }
  }
}
