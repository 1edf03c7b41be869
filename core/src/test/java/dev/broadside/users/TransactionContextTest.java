package dev.broadside.users;

import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TransactionContextTest {
  private final HandClock clock = new HandClock();
  private final TransactionContext context =
      new RunScope().user(UserContext.of(3, "navigation"), clock).newIteration();

  @Test
  void timer_measuresUntilItIsClosed() {
    try (TransactionContext.Timer timer = context.timer("login")) {
      clock.advance(ofMillis(30));
      assertThat(context.timers()).isEmpty();
      timer.close();
      clock.advance(ofMillis(5)); // a second close adds nothing
    }
    assertThat(context.timers()).containsExactly(Map.entry("login", 30_000_000L));
  }

  @Test
  void timer_ofTheSameNameAddsUp() {
    for (int i = 1; i <= 3; i++) {
      try (TransactionContext.Timer timer = context.timer("page")) {
        clock.advance(ofMillis(i));
        assertThat(timer).isNotNull();
      }
    }
    context.addTime("page", ofMillis(4));
    assertThat(context.timers()).containsExactly(Map.entry("page", 10_000_000L));
  }

  @Test
  void timers_areInTheOrderOfTheirEnd() {
    try (TransactionContext.Timer outer = context.timer("outer")) {
      try (TransactionContext.Timer inner = context.timer("inner")) {
        clock.advance(ofMillis(1));
        assertThat(inner).isNotSameAs(outer);
      }
      clock.advance(ofMillis(1));
    }
    assertThat(context.timers())
        .containsExactly(Map.entry("inner", 1_000_000L), Map.entry("outer", 2_000_000L));
  }

  @Test
  void timer_withACallableReturnsItsValue() throws Exception {
    String value =
        context.timer(
            "search",
            () -> {
              clock.advance(ofMillis(7));
              return "found";
            });
    assertThat(value).isEqualTo("found");
    assertThat(context.timers()).containsExactly(Map.entry("search", 7_000_000L));
  }

  @Test
  void timer_withACallableThatThrowsIsTimed() {
    Callable<String> failing =
        () -> {
          clock.advance(ofMillis(7));
          throw new IOException("no connection");
        };
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> context.timer("search", failing))
        .withMessage("no connection");
    assertThat(context.timers()).containsExactly(Map.entry("search", 7_000_000L));
  }

  @Test
  void timer_withAnActionIsTimed() throws Exception {
    TransactionContext.Action action = () -> clock.advance(ofMillis(9));
    context.timer("save", action);
    assertThat(context.timers()).containsExactly(Map.entry("save", 9_000_000L));
  }

  @Test
  void timer_withAnActionThatThrowsIsTimed() {
    TransactionContext.Action failing =
        () -> {
          clock.advance(ofMillis(9));
          throw new IllegalStateException("full");
        };
    assertThatIllegalStateException()
        .isThrownBy(() -> context.timer("save", failing))
        .withMessage("full");
    assertThat(context.timers()).containsExactly(Map.entry("save", 9_000_000L));
  }

  @Test
  void timer_isNeverNegative() {
    try (TransactionContext.Timer timer = context.timer("back in time")) {
      clock.advance(ofMillis(-5));
      assertThat(timer).isNotNull();
    }
    assertThat(context.timers()).containsExactly(Map.entry("back in time", 0L));
  }

  @Test
  void timers_mayBeUsedFromManyThreads() {
    IntStream.range(0, 10_000).parallel().forEach(i -> context.addTime("t", Duration.ofNanos(1)));
    assertThat(context.timers()).containsExactly(Map.entry("t", 10_000L));
  }

  @Test
  void timers_isACopy() {
    context.addTime("a", ofMillis(1));
    Map<String, Long> before = context.timers();
    context.addTime("b", ofMillis(1));
    assertThat(before).containsOnlyKeys("a");
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> before.put("c", 1L));
  }

  @Test
  void addTime_refusesANegativeOne() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> context.addTime("a", ofMillis(-1)))
        .withMessage("time < 0: PT-0.001S");
    assertThat(context.timers()).isEmpty();
  }

  @Test
  void names_areRequired() {
    assertThatNullPointerException()
        .isThrownBy(() -> context.addTime(null, ofMillis(1)))
        .withMessage("name");
    assertThatNullPointerException()
        .isThrownBy(() -> context.timer((String) null))
        .withMessage("name");
    assertThatNullPointerException()
        .isThrownBy(() -> TransactionContext.of(null))
        .withMessage("user");
    assertThat(context.timers()).isEmpty();
  }

  @Test
  void context_tellsWhoRuns() {
    Map<String, Object> settings = new HashMap<>();
    settings.put("url", "http://target");
    settings.put("none", null);
    UserContext user = new UserContext(7, "navigation", settings, Map.of("seed", 42));
    settings.put("url", "changed later");
    TransactionContext told = TransactionContext.of(user);
    assertThat(told.userNumber()).isEqualTo(7);
    assertThat(told.group()).isEqualTo("navigation");
    assertThat(told.settings()).containsEntry("url", "http://target").containsEntry("none", null);
    assertThat(told.runContext()).containsExactly(Map.entry("seed", 42));
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> told.settings().put("x", 1));
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> told.runContext().clear());
  }

  @Test
  void userContext_checksItsValues() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> UserContext.of(0, "g"))
        .withMessage("number < 1: 0");
    assertThatNullPointerException().isThrownBy(() -> UserContext.of(1, null)).withMessage("group");
  }
}
