package dev.broadside.oct.hq;

import dev.broadside.messaging.ConnectionListener;
import dev.broadside.messaging.Endpoint;
import dev.broadside.messaging.MessageReceiver;
import dev.broadside.messaging.MessagingContext;
import dev.broadside.messaging.Publisher;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The two sockets of a headquarters, open.
 *
 * @param context what they belong to
 * @param orders publishes orders
 * @param results receives results and statuses
 */
record HqSockets(MessagingContext context, Publisher orders, MessageReceiver results)
    implements AutoCloseable {
  /**
   * When turrets send more than is taken in, JeroMQ's I/O thread stops and starts again each half
   * of this: of 1000 that cost it 500 ns a message, of 10,000 it costs 300, unhindered it has 140.
   */
  private static final int HIGH_WATER_MARK = 4000; // some 1.2 MB for each connection

  /** Opens both, or none. */
  static HqSockets open(
      HqSettings settings,
      Intake intake,
      ConnectionListener connections,
      Consumer<? super Throwable> onFailure) {
    MessagingContext context = MessagingContext.create("headquarters");
    Publisher orders = null;
    try {
      orders =
          Publisher.builder(context, Endpoint.tcp(settings.bindAddress(), settings.publishPort()))
              .name("headquarters-orders")
              .listener(connections)
              .onFailure(onFailure)
              .open();
      MessageReceiver results =
          MessageReceiver.builder(
                  context, Endpoint.tcp(settings.bindAddress(), settings.resultsPort()), intake)
              .name("headquarters-results")
              .highWaterMark(HIGH_WATER_MARK)
              .onTick(intake::tick)
              .listener(connections)
              .onFailure(onFailure)
              .open();
      return new HqSockets(context, orders, results);
    } catch (RuntimeException e) {
      close(orders, context);
      throw e;
    }
  }

  private static void close(@Nullable Publisher orders, MessagingContext context) {
    if (orders != null) orders.close();
    context.close();
  }

  /** How far they can be reached. */
  String reach() {
    return "orders at "
        + orders.endpoint()
        + ", results at "
        + results.endpoint()
        + ": "
        + (results.endpoint().isLoopback() ? "only this machine" : "every network of this machine")
        + " can reach them; there is no authentication";
  }

  /** Publishes the orders that wait, then closes both. */
  @Override
  public void close() {
    orders.close();
    results.close();
    context.close();
  }
}
