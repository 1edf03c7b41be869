package dev.broadside.loads.resident;

import dev.broadside.messaging.Endpoint;
import dev.broadside.messaging.MessagingContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * One messaging context for each receiver, which all users that report there share; closed when
 * nobody has used it for a while. Thread-safe.
 */
final class SharedContexts {
  private static final long UNUSED_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Map<Endpoint, Shared> contexts = new HashMap<>(); // under this object's lock
  private final LongSupplier clock;

  SharedContexts(LongSupplier clock) {
    this.clock = clock;
  }

  /** A use of a context, given back by closing it. */
  interface Lease extends AutoCloseable {
    /** The context; not to be closed. */
    MessagingContext context();

    @Override
    void close();
  }

  /** The context of this receiver. */
  synchronized Lease of(Endpoint receiver) {
    closeUnused();
    Shared shared = contexts.get(receiver);
    if (shared == null) {
      shared = new Shared(MessagingContext.create("receiver-" + receiver));
      contexts.put(receiver, shared);
    }
    shared.uses++;
    return new Use(shared);
  }

  private void closeUnused() {
    List<Shared> unused = new ArrayList<>();
    for (Shared shared : contexts.values()) {
      if (shared.uses == 0 && clock.getAsLong() - shared.sinceNanos > UNUSED_NANOS) {
        unused.add(shared);
      }
    }
    contexts.values().removeAll(unused);
    for (Shared shared : unused) closeAside(shared.context);
  }

  /** It waits for what its sockets still hold, which no other user should wait for. */
  private static void closeAside(MessagingContext context) {
    Thread thread = new Thread(context::close, "closing-unused-receiver");
    thread.setDaemon(true);
    thread.start();
  }

  private synchronized void giveBack(Shared shared) {
    shared.uses--;
    shared.sinceNanos = clock.getAsLong();
  }

  private static final class Shared {
    final MessagingContext context;
    int uses;
    long sinceNanos;

    Shared(MessagingContext context) {
      this.context = context;
    }
  }

  private final class Use implements Lease {
    private final Shared shared;
    private boolean given;

    Use(Shared shared) {
      this.shared = shared;
    }

    @Override
    public MessagingContext context() {
      return shared.context;
    }

    @Override
    public void close() {
      if (given) return;
      given = true;
      giveBack(shared);
    }
  }
}
