package dev.broadside.oct.live;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Sends events to whoever asks for them, as long as they read: each on a worker of its own. */
final class EventStream implements HttpHandler {
  private static final int UNTIL_CLOSED = 0;

  private final Events events;
  private final Workers workers;

  EventStream(Events events, Workers workers) {
    this.events = events;
    this.workers = workers;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    Events.Place place = events.enter();
    if (place == null) {
      Replies.words(exchange, Replies.UNAVAILABLE, "Too many read along already.");
      return;
    }
    try {
      exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
      exchange.sendResponseHeaders(Replies.OK, UNTIL_CLOSED);
      send(exchange.getResponseBody());
      exchange.close();
    } catch (InterruptedException e) {
      throw new InterruptedIOException("displaced, or the page closes");
    } finally {
      events.leave(place);
    }
  }

  private void send(OutputStream out) throws IOException, InterruptedException {
    for (Event event = next(0); event != null; event = next(event.number())) event.writeTo(out);
  }

  /** Waiting is no fault of the client, so it takes none of the time that it has. */
  private @Nullable Event next(long seen) throws InterruptedException {
    workers.pause();
    Event event = events.awaitAfter(seen);
    workers.resume();
    return event;
  }
}
