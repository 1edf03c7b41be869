package dev.broadside.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BatchQueueTest {
  private final BatchQueue queue = new BatchQueue(2, OverflowPolicy.BLOCK, Long.MAX_VALUE);

  private boolean put(String message) {
    return queue.put(message, BatchQueueTest::bytes);
  }

  private static byte[] bytes(String message) {
    return message.getBytes(StandardCharsets.US_ASCII);
  }

  private Thread putting(String message, CompletableFuture<Boolean> accepted) {
    Thread thread =
        new Thread(
            () -> {
              try {
                accepted.complete(put(message));
              } catch (RuntimeException e) {
                accepted.completeExceptionally(e);
              }
            },
            "puts " + message);
    thread.start();
    Wait.untilBlocked(thread);
    return thread;
  }

  private List<String> drained() {
    List<String> messages = new ArrayList<>();
    for (Batch next = queue.poll(); next != null; next = queue.poll()) {
      for (int i = 0; i < next.size(); i++) {
        messages.add(new String(next.get(i), StandardCharsets.US_ASCII));
      }
    }
    return messages;
  }

  @Test
  void putNotice_passesAThreadThatWaitsForRoomButNothingThatWasSent() throws Exception {
    put("a");
    put("b");
    CompletableFuture<Boolean> accepted = new CompletableFuture<>();
    putting("c", accepted);
    queue.putNotice(bytes("notice"));
    List<String> before = new ArrayList<>();
    while (!before.contains("notice")) before.addAll(drained());
    assertThat(before).startsWith("a", "b", "notice");
    assertThat(Wait.forThe(accepted)).isTrue();
  }

  @Test
  void putNotice_keepsItsPlaceBehindAPartFullBatch() {
    put("a");
    queue.putNotice(bytes("notice"));
    put("b");
    assertThat(drained()).containsExactly("a", "notice", "b");
  }

  @Test
  void seal_letsThoseInThatWaitAndRefusesWhoComesLater() throws Exception {
    put("a");
    put("b");
    CompletableFuture<Boolean> first = new CompletableFuture<>();
    CompletableFuture<Boolean> second = new CompletableFuture<>();
    putting("c", first);
    putting("d", second); // behind the lock that the first keeps
    queue.seal();
    assertThat(Wait.forThe(first)).isTrue();
    assertThat(Wait.forThe(second)).isTrue();
    assertThatThrownBy(() -> put("e")).isInstanceOf(ClosedException.class);
    assertThatThrownBy(() -> queue.putNotice(bytes("f"))).isInstanceOf(ClosedException.class);
    assertThat(drained()).containsExactly("a", "b", "c", "d");
    assertThat(queue.produced()).isEqualTo(4);
  }

  @Test
  void waiting_isReadWhileAThreadWaitsForRoom() throws Exception {
    put("a");
    put("b");
    CompletableFuture<Boolean> accepted = new CompletableFuture<>();
    putting("c", accepted);
    assertThat(queue.waiting()).isEqualTo(2);
    assertThat(queue.produced()).isEqualTo(2);
    assertThat(queue.abandon()).isEqualTo(3);
    assertThat(Wait.forThe(accepted)).isTrue();
    assertThat(queue.waiting()).isZero();
  }

  @Test
  void put_thatWaitedKeepsTheInterruptOfItsThread() throws Exception {
    put("a");
    put("b");
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    Thread waiting =
        new Thread(
            () -> {
              put("c");
              interrupted.complete(Thread.interrupted());
            });
    waiting.start();
    Wait.untilBlocked(waiting);
    waiting.interrupt();
    queue.release();
    assertThat(Wait.forThe(interrupted)).isTrue();
    assertThat(queue.waiting()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 9, 255, 257, 4097})
  void put_ofOneMessageEachLetsInAllThatWait(int capacity) throws Exception {
    BatchQueue bounded = new BatchQueue(capacity, OverflowPolicy.BLOCK, Long.MAX_VALUE);
    for (int i = 0; i < capacity; i++) bounded.put("before", BatchQueueTest::bytes);
    List<Thread> waiting = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Thread thread = new Thread(() -> bounded.put("after", BatchQueueTest::bytes));
      thread.start();
      Wait.untilBlocked(thread);
      waiting.add(thread);
    }
    for (Thread thread : waiting) {
      Wait.until("it got in", () -> bounded.poll() == null && !thread.isAlive());
    }
  }

  @Test
  void put_losesPatienceOnlyWhileNothingLeaves() throws Exception {
    BatchQueue bounded = new BatchQueue(1, OverflowPolicy.BLOCK, 1);
    bounded.put("a", BatchQueueTest::bytes);
    bounded.nothingLeaves();
    bounded.nothingLeaves(); // as long as it may be, nobody waits
    CompletableFuture<Boolean> accepted = new CompletableFuture<>();
    Thread waiting = new Thread(() -> accepted.complete(bounded.put("b", BatchQueueTest::bytes)));
    waiting.start();
    Wait.untilBlocked(waiting);
    Wait.until(
        "patience is lost, interrupted or not",
        () -> {
          waiting.interrupt();
          bounded.nothingLeaves();
          return accepted.isDone();
        });
    assertThat(Wait.forThe(accepted)).isFalse();
    assertThat(bounded.put("c", BatchQueueTest::bytes)).isFalse();
    assertThat(bounded.poll()).isNotNull();
    assertThat(bounded.put("d", BatchQueueTest::bytes)).isTrue();
    assertThat(bounded.dropped()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 255, 257})
  void put_letsEveryThreadInAndKeepsItsOrderAndTheBound(int capacity) throws Exception {
    int threads = 8;
    int each = 2000;
    BatchQueue bounded = new BatchQueue(capacity, OverflowPolicy.BLOCK, Long.MAX_VALUE);
    List<Thread> producers = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      int number = i;
      Thread producer =
          new Thread(
              () -> {
                for (int n = 0; n < each; n++) bounded.put(number + " " + n, BatchQueueTest::bytes);
              });
      producers.add(producer);
      producer.start();
    }
    int[] next = new int[threads];
    Wait.until(
        "all messages came, each thread's in order",
        () -> takeInOrder(bounded, next, capacity) && Arrays.stream(next).sum() == threads * each,
        () -> Arrays.toString(next));
    for (Thread producer : producers) Wait.forTheEndOf(producer);
    assertThat(bounded.produced()).isEqualTo(threads * each);
  }

  /** Takes all that there is. */
  private static boolean takeInOrder(BatchQueue from, int[] next, int capacity) {
    for (Batch batch = from.poll(); batch != null; batch = from.poll()) {
      assertThat(from.waiting()).isLessThanOrEqualTo(capacity);
      for (int i = 0; i < batch.size(); i++) {
        String[] words = new String(batch.get(i), StandardCharsets.US_ASCII).split(" ", -1);
        int thread = Integer.parseInt(words[0]);
        assertThat(Integer.parseInt(words[1])).isEqualTo(next[thread]++);
      }
    }
    return true;
  }
}
