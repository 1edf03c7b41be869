package dev.broadside.oct.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broadside.oct.testing.Await;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that do not read, or do not say what they want, against a server of little patience. */
@Timeout(120)
class SlowClientTest {
  private static final int READERS = 4;
  private static final Duration PERIOD = Duration.ofMillis(100);
  private static final byte[] LARGE =
      ("{\"filler\":\"" + "x".repeat(2_000_000) + "\"}").getBytes(StandardCharsets.US_ASCII);

  private final Events events = new Events(READERS, this::now);
  private final Workers workers =
      new Workers(READERS + 2, Duration.ofMillis(500).toNanos(), System::nanoTime);
  private final AtomicInteger looksAtClock = new AtomicInteger();
  private final AtomicInteger made = new AtomicInteger();
  private Thread teller;
  private PageServer server;

  @BeforeEach
  void open() {
    Route stream = Route.get(new EventStream(events, workers));
    server =
        PageServer.open(Site.of("127.0.0.1", 0), workers, Map.of("/events", stream), "default-src");
    teller = new Thread(new Teller(events, workers, this::document, PERIOD.toNanos()));
    teller.start();
  }

  private long now() {
    looksAtClock.incrementAndGet();
    return System.nanoTime();
  }

  private byte[] document() {
    made.incrementAndGet();
    return LARGE;
  }

  @AfterEach
  void close() throws Exception {
    events.end();
    server.close();
    teller.join(TimeUnit.SECONDS.toMillis(20));
    assertThat(teller.isAlive()).isFalse();
  }

  @Test
  void reader_thatNeverReadsIsCutOffAndHarmsNobody() throws Exception {
    try (RawClient slow = RawClient.withReceiveBuffer(server.port(), 4096);
        RawClient other = RawClient.reading(server.port())) {
      slow.askForEvents(server.port());
      other.awaitLine("data: ");
      Await.until("two readers", () -> events.readers() == 2);
      for (int i = 0; i < 5; i++)
        assertThat(other.awaitLine("data: ").length()).isEqualTo(LARGE.length);
      Await.until("the slow one is cut off", () -> events.readers() == 1);
      other.awaitLine("data: ");
      assertThat(slow.rest().endsWith("\n\n")).as("a whole event at the end").isFalse();
    }
  }

  @Test
  void request_thatDoesNotEndIsCutOff() throws Exception {
    List<RawClient> clients = new ArrayList<>();
    for (int i = 0; i < READERS + 2; i++) {
      RawClient client = RawClient.connected(server.port());
      client.send("GET /events HTTP/1.1\r\nHost: ");
      clients.add(client);
    }
    for (RawClient client : clients) {
      assertThat(client.rest()).isEmpty();
      client.close();
    }
    try (RawClient reader = RawClient.reading(server.port())) {
      assertThat(reader.awaitLine("data: ").length()).isEqualTo(LARGE.length);
    }
  }

  @Test
  void events_areNotMadeForNobody() throws Exception {
    try (RawClient reader = RawClient.reading(server.port())) {
      reader.awaitLine("data: ");
    }
    Await.until("nobody", () -> events.readers() == 0);
    int last = made.get();
    int looks = looksAtClock.get();
    Await.until("the teller has waited some more times", () -> looksAtClock.get() > looks + 5);
    assertThat(made).hasValue(last);
  }
}
