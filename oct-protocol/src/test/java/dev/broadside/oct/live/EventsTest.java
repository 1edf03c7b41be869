package dev.broadside.oct.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.broadside.oct.testing.Await;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class EventsTest {
  private static final long AN_HOUR = Duration.ofHours(1).toNanos();

  private volatile long now;
  private final Events events = new Events(2, () -> now);

  private static String text(Event event) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    event.writeTo(out);
    return out.toString(UTF_8);
  }

  @Test
  void event_isTheSameForAllReaders() throws Exception {
    events.enter();
    events.enter();
    events.publish("{\"a\":\r\n1}".getBytes(UTF_8));
    Event event = events.awaitAfter(0);
    assertThat(events.awaitAfter(0)).isSameAs(event);
    assertThat(text(event)).isEqualTo("event: state\ndata: {\"a\":  1}\n\n");
  }

  @Test
  void reader_whoIsSlowMissesSome() throws Exception {
    events.enter();
    events.publish("1".getBytes(UTF_8));
    Event first = events.awaitAfter(0);
    events.publish("2".getBytes(UTF_8));
    events.publish("3".getBytes(UTF_8));
    assertThat(text(events.awaitAfter(first.number()))).contains("data: 3");
  }

  @Test
  void enter_isBounded() {
    Events.Place place = events.enter();
    assertThat(events.enter()).isNotNull();
    assertThat(events.enter()).isNull();
    events.leave(place);
    assertThat(events.enter()).isNotNull();
  }

  @Test
  void enter_displacesTheOneThatHasBeenThereLongest() throws Exception {
    Thread longest = new Thread(this::readOn);
    longest.start();
    Await.until("a reader", () -> events.readers() == 1);
    now = Duration.ofSeconds(3).toNanos();
    events.enter();
    assertThat(events.enter()).as("not so soon").isNull();
    now = Duration.ofSeconds(5).toNanos();
    assertThat(events.enter()).isNotNull();
    longest.join();
    assertThat(events.readers()).isEqualTo(2);
    assertThat(Thread.interrupted()).isFalse();
    assertThat(events.enter()).as("the next has not been there as long").isNull();
  }

  private void readOn() {
    Events.Place place = events.enter();
    try {
      events.awaitAfter(0);
    } catch (InterruptedException e) {
      events.leave(place);
    }
  }

  @Test
  void firstReader_isServedAtOnceAndWithNothingOld() throws Exception {
    Events.Place place = events.enter();
    events.publish("old".getBytes(UTF_8));
    events.leave(place);
    events.enter();
    assertThat(events.awaitDue(AN_HOUR)).isTrue();
    events.publish("new".getBytes(UTF_8));
    assertThat(text(events.awaitAfter(0))).contains("data: new");
  }

  @Test
  void last_isGivenToAllAndThenNone() throws Exception {
    events.enter();
    events.end();
    assertThat(events.awaitDue(AN_HOUR)).isFalse();
    assertThat(events.enter()).isNull();
    events.publishLast("{}".getBytes(UTF_8));
    Event last = events.awaitAfter(0);
    assertThat(text(last)).startsWith("event: end\n");
    assertThat(events.awaitAfter(last.number())).isNull();
  }
}
