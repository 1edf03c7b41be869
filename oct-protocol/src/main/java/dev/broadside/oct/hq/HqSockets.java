package dev.broadside.oct.hq;

import dev.broadside.messaging.ConnectionListener;
import dev.broadside.messaging.Endpoint;
import dev.broadside.messaging.MessageReceiver;
import dev.broadside.messaging.MessagingContext;
import dev.broadside.messaging.Publisher;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The sockets of a headquarters, open.
 *
 * @param settings where they are
 * @param context what they belong to
 * @param orders publishes orders
 * @param results receives results and statuses
 * @param live publishes results as they came; null where nobody has asked for them
 */
record HqSockets(
    HqSettings settings,
    MessagingContext context,
    Publisher orders,
    MessageReceiver results,
    @Nullable LivePublisher live)
    implements AutoCloseable {
  /**
   * When turrets send more than is taken in, JeroMQ's I/O thread stops and starts again each half
   * of this: of 1000 that cost it 500 ns a message, of 10,000 it costs 300, unhindered it has 140.
   */
  private static final int HIGH_WATER_MARK = 4000; // some 1.2 MB for each connection

  /** Opens all, or none. */
  static HqSockets open(
      HqSettings settings,
      Intake intake,
      ConnectionListener connections,
      Consumer<? super Throwable> onFailure) {
    MessagingContext context = MessagingContext.create("headquarters");
    List<Runnable> closes = new ArrayList<>();
    try {
      Publisher orders =
          Publisher.builder(context, settings.orders().endpoint())
              .bind(settings.orders().bind())
              .name("headquarters-orders")
              .listener(connections)
              .onFailure(onFailure)
              .open();
      closes.add(orders::close);
      MessageReceiver results =
          MessageReceiver.builder(context, settings.results().endpoint(), intake)
              .bind(settings.results().bind())
              .name("headquarters-results")
              .highWaterMark(HIGH_WATER_MARK)
              .onTick(intake::tick)
              .listener(connections)
              .onFailure(onFailure)
              .open();
      closes.add(results::close);
      return new HqSockets(settings, context, orders, results, live(settings, context));
    } catch (RuntimeException e) {
      closes.forEach(Runnable::run);
      context.close();
      throw e;
    }
  }

  private static @Nullable LivePublisher live(HqSettings settings, MessagingContext context) {
    LiveResults wanted = settings.live();
    return wanted == null ? null : LivePublisher.open(context, wanted);
  }

  /** Where they are, and how far those that are bound can be reached. */
  String reach() {
    StringBuilder reach = new StringBuilder("orders ");
    append(reach, settings.orders(), orders.endpoint(), "to the forwarder at ");
    append(
        reach.append(", results "),
        settings.results(),
        results.endpoint(),
        "from the streamer at ");
    LiveResults published = settings.live();
    if (published != null && live != null) {
      reach.append(", live results of topic ").append(published.topic()).append(' ');
      append(reach, published.place(), live.endpoint(), "to the forwarder at ");
    }
    return reach.append(reachability()).append("; there is no authentication").toString();
  }

  private static void append(StringBuilder reach, Place place, Endpoint opened, String device) {
    reach.append(place.bind() ? "at " : device).append(opened);
  }

  private String reachability() {
    LiveResults published = settings.live();
    Place last = published == null ? settings.results() : published.place();
    return Stream.of(settings.orders(), settings.results(), last)
        .filter(Place::bind)
        .findFirst()
        .map(place -> ": " + who(place.endpoint()) + " can reach them")
        .orElse("");
  }

  private static String who(Endpoint bound) {
    return bound.isLoopback() ? "only this machine" : "every network of this machine";
  }

  /** Publishes the orders that wait, then closes all. */
  @Override
  public void close() {
    orders.close();
    results.close();
    if (live != null) live.close();
    context.close();
  }
}
