package com.example.modular;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.broadside.junit.LoadTest;
import dev.broadside.metrics.RunResult;
import dev.broadside.users.TransactionContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Load tests of a queue. They never run at the same time, though other tests do. */
@Timeout(60)
class QueueTest {
  private static final AtomicInteger loads = new AtomicInteger();

  private final BlockingQueue<Integer> queue = new LinkedBlockingQueue<>();

  @Nested
  class Load {
    @BeforeEach
    void begin() {
      assertThat(loads.incrementAndGet()).isOne();
    }

    @LoadTest(
        users = 4,
        iterationsPerUser = 500,
        thresholds = {"p(95) < 100ms", "count >= 2000"})
    void users_shareTheQueue(TransactionContext context, @TempDir Path folder) throws Exception {
      assertThat(Files.isDirectory(folder)).isTrue();
      queue.add(context.userNumber());
      assertThat(queue.take()).isBetween(1, 4);
    }

    @LoadTest(rate = "200/s", duration = "1s", thresholds = "response p(50) < 100ms")
    void arrivals_findTheQueueEmpty() throws Exception {
      queue.add(1);
      queue.take();
    }

    @AfterEach
    void end(RunResult result) {
      loads.decrementAndGet();
      assertThat(queue).isEmpty();
      assertThat(result.all().service().max()).isLessThan(ofSeconds(10));
    }
  }

  @Test
  void queue_isEmptyAtFirst() {
    assertThat(queue).isEmpty();
  }
}
