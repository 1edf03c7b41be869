package dev.broadside.oct.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class EventsTest {
  private static final long AN_HOUR = Duration.ofHours(1).toNanos();

  private final Events events = new Events(2, () -> 0);

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
    assertThat(events.enter()).isTrue();
    assertThat(events.enter()).isTrue();
    assertThat(events.enter()).isFalse();
    events.leave();
    assertThat(events.enter()).isTrue();
  }

  @Test
  void firstReader_isServedAtOnceAndWithNothingOld() throws Exception {
    events.enter();
    events.publish("old".getBytes(UTF_8));
    events.leave();
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
    assertThat(events.enter()).isFalse();
    events.publishLast("{}".getBytes(UTF_8));
    Event last = events.awaitAfter(0);
    assertThat(text(last)).startsWith("event: end\n");
    assertThat(events.awaitAfter(last.number())).isNull();
  }
}
