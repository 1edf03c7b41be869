package dev.broadside.oct.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broadside.oct.testing.Await;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class StoreQueueTest {
  private static final long MILLI = Duration.ofMillis(1).toNanos();

  private static void put(StoreQueue queue, int results) {
    for (int i = 0; i < results; i++) queue.put(Results.result(i));
  }

  @Test
  void put_waitsForADeadDatabaseOnce() {
    StoreQueue queue = new StoreQueue(1000);
    put(queue, 1000);
    assertThat(queue.account(0).heldBack()).isZero();
    put(queue, 5000);
    assertThat(queue.account(0).heldBack())
        .isBetween(Duration.ofSeconds(2), Duration.ofMillis(3500));
    assertThat(queue.take(100).stream().mapToInt(ResultBatch::size).sum()).isEqualTo(1000);
    queue.committed(1, 0, MILLI);
    put(queue, 150); // room for a hundred, and still no patience
    queue.committed(9, 0, MILLI);
    StoreAccount account = queue.account(0);
    assertThat(account.stored()).isEqualTo(1000);
    assertThat(queue.take(100).stream().mapToInt(ResultBatch::size).sum()).isEqualTo(100);
    queue.committed(1, 0, MILLI);
    assertThat(queue.account(0).notStored()).isEqualTo(5050);
    assertThat(queue.account(0).reason()).contains("did not keep up");
  }

  @Test
  void put_waitsForASlowDatabaseAgainAndAgain() throws Exception {
    StoreQueue queue = new StoreQueue(100_000);
    Thread slow =
        new Thread(
            () -> {
              while (queue.awaitWork(10 * MILLI)) {
                int taken = queue.take(10).size();
                if (taken == 0) continue;
                long began = System.nanoTime();
                long end = began + 50 * MILLI; // a park may end at once
                for (long now = began; now < end; now = System.nanoTime()) {
                  LockSupport.parkNanos(end - now);
                }
                queue.committed(taken, 0, System.nanoTime() - began);
              }
            });
    slow.start();
    put(queue, 1000);
    Await.until("its pace is known", () -> queue.account(0).stored() > 0);
    put(queue, 14_000); // at 20,000 a second
    assertThat(queue.account(0).heldBack()).isPositive();
    queue.seal();
    slow.join(20_000);
    assertThat(queue.account(0).stored()).isEqualTo(15_000);
  }

  @Test
  void put_weighsLongTexts() {
    StoreQueue queue = new StoreQueue(1000);
    for (int i = 0; i < 10; i++) queue.put(Results.withError("x".repeat(1 << 20)));
    assertThat(queue.account(0).heldBack()).isPositive();
    queue.abandon();
    assertThat(queue.account(0).notStored()).isEqualTo(10);
  }

  @Test
  void seal_letsTheOneWhoWaitsGo() throws Exception {
    StoreQueue queue = new StoreQueue(100);
    Thread receiving = new Thread(() -> put(queue, 101));
    receiving.start();
    Await.until("it waits", () -> receiving.getState() == Thread.State.TIMED_WAITING);
    queue.seal();
    receiving.join(1_000);
    assertThat(receiving.isAlive()).isFalse();
  }
}
