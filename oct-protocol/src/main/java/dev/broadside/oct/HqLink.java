package dev.broadside.oct;

import dev.broadside.messaging.ConnectionListener;
import java.util.function.LongSupplier;

/**
 * What is known of the two connections to the headquarters: the one that brings orders and the one
 * that takes results. Told by ZeroMQ's I/O thread, asked by the turret's.
 */
final class HqLink {
  private final LongSupplier clock;
  private final Side orders = new Side();
  private final Side results = new Side();

  HqLink(LongSupplier clock) {
    this.clock = clock;
  }

  ConnectionListener orders() {
    return orders;
  }

  /** The listener of a fresh results connection: what was known of the last one is forgotten. */
  ConnectionListener freshResults() {
    results.disconnected();
    return results;
  }

  Snapshot snapshot() {
    synchronized (this) {
      return new Snapshot(
          orders.up, orders.connections, orders.sinceNanos, results.up, results.breaks);
    }
  }

  /**
   * Both connections at one moment.
   *
   * @param orders whether orders can arrive
   * @param ordersConnections how often that connection was established
   * @param ordersSinceNanos when it was established last
   * @param results whether results can leave
   * @param resultsBreaks how often that connection broke
   */
  record Snapshot(
      boolean orders,
      long ordersConnections,
      long ordersSinceNanos,
      boolean results,
      long resultsBreaks) {
    boolean up() {
      return orders && results;
    }
  }

  private final class Side implements ConnectionListener {
    private boolean up;
    private long connections;
    private long breaks;
    private long sinceNanos;

    @Override
    public void connected() {
      synchronized (HqLink.this) {
        up = true;
        connections++;
        sinceNanos = clock.getAsLong();
      }
    }

    @Override
    public void disconnected() {
      synchronized (HqLink.this) {
        if (up) breaks++;
        up = false;
      }
    }
  }
}
