package dev.broadside.loads.resident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broadside.messaging.Endpoint;
import dev.broadside.messaging.MessagingContext;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SharedContextsTest {
  private static final Endpoint ONE = Endpoint.parse("tcp://127.0.0.1:5001");
  private static final Endpoint OTHER = Endpoint.parse("tcp://127.0.0.1:5002");

  private final AtomicLong clock = new AtomicLong();
  private final SharedContexts contexts = new SharedContexts(clock::get);

  @Test
  void usersOfAReceiver_shareItsContext() {
    try (SharedContexts.Lease first = contexts.of(ONE);
        SharedContexts.Lease second = contexts.of(ONE);
        SharedContexts.Lease other = contexts.of(OTHER)) {
      assertThat(second.context()).isSameAs(first.context());
      assertThat(other.context()).isNotSameAs(first.context());
    }
    later(60);
    contexts.of(OTHER).close(); // the others are closed, so that no thread stays behind
  }

  @Test
  void unusedContext_isKeptForTheNextUserForAWhile() {
    SharedContexts.Lease lease = contexts.of(ONE);
    MessagingContext context = lease.context();
    lease.close();
    lease.close(); // does nothing
    later(9);
    try (SharedContexts.Lease again = contexts.of(ONE)) {
      assertThat(again.context()).isSameAs(context);
      later(60);
      contexts.of(OTHER).close();
      try (SharedContexts.Lease inUse = contexts.of(ONE)) {
        assertThat(inUse.context()).isSameAs(context);
      }
    }
    later(11);
    try (SharedContexts.Lease fresh = contexts.of(ONE)) {
      assertThat(fresh.context()).isNotSameAs(context);
    }
  }

  private void later(long seconds) {
    clock.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
  }
}
