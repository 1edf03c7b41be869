package dev.broadside.oct.hq;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.broadside.messaging.ClosedException;
import dev.broadside.messaging.Endpoint;
import dev.broadside.messaging.MessagingContext;
import dev.broadside.messaging.Publisher;

/** Publishes live results, and never holds back who brings them. Thread-safe. */
final class LivePublisher implements AutoCloseable {
  /** So many may wait here; so many ZeroMQ may hold for a subscriber before it misses some. */
  static final int CAPACITY = 10_000;

  private final Publisher publisher;
  private final byte[] topic;

  private LivePublisher(Publisher publisher, byte[] topic) {
    this.publisher = publisher;
    this.topic = topic;
  }

  static LivePublisher open(MessagingContext context, LiveResults settings) {
    Publisher publisher =
        Publisher.builder(context, settings.place().endpoint())
            .bind(settings.place().bind())
            .name("headquarters-live")
            .capacity(CAPACITY)
            .highWaterMark(CAPACITY)
            .open();
    return new LivePublisher(publisher, settings.topic().getBytes(UTF_8));
  }

  Endpoint endpoint() {
    return publisher.endpoint();
  }

  /** False when it was dropped. */
  boolean publish(byte[] result) {
    try {
      return publisher.publish(topic, result);
    } catch (ClosedException e) {
      return false; // its socket has failed, and has said so
    }
  }

  @Override
  public void close() {
    publisher.close();
  }
}
