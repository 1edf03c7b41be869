package dev.broadside.loads.resident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broadside.loads.LoadsEnvironment;
import dev.broadside.loads.resident.SharedArrivals.Step;
import dev.broadside.users.IntendedStarts;
import dev.broadside.users.LoadProfile;
import dev.broadside.users.OpenProfile;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SharedArrivalsTest {
  private static final OpenProfile RATE = LoadProfile.rate(10);
  private static final Step STEP = step(RATE, 3, 77);

  private final AtomicLong clock = new AtomicLong();
  private final SharedArrivals arrivals = new SharedArrivals(clock::get);

  private static Step step(OpenProfile profile, int users, long loads) {
    Map<String, String> variables =
        Map.of(
            "LOADS_ZMQ_RECEIVER",
            "tcp://127.0.0.1:5001",
            "LOADS_TOTAL_USERS",
            Integer.toString(users),
            "LOADS_CURRENT_USER",
            "1",
            "LOADS_TOTAL_HITS",
            "5");
    return Step.of("shop.Checkout", profile, LoadsEnvironment.from(variables), loads);
  }

  @Test
  void usersOfAStep_shareTheirArrivals_alsoWhenOthersHaveLeft() {
    IntendedStarts first = arrivals.of(STEP, 1);
    clock.addAndGet(TimeUnit.MINUTES.toNanos(1));
    assertThat(arrivals.of(step(LoadProfile.rate(10), 3, 77), 2)).isSameAs(first);
    assertThat(first.next(1_000, Long.MAX_VALUE))
        .isEqualTo(1_000); // they begin when they are asked first
    assertThat(first.next(5_000, Long.MAX_VALUE)).isEqualTo(100_001_000);
  }

  @Test
  void otherSteps_haveTheirOwn() {
    IntendedStarts first = arrivals.of(STEP, 1);
    assertThat(arrivals.of(step(RATE, 4, 77), 1)).isNotSameAs(first);
    assertThat(arrivals.of(step(RATE, 3, 78), 1)).isNotSameAs(first);
    assertThat(arrivals.of(step(LoadProfile.rate(11), 3, 77), 1)).isNotSameAs(first);
  }

  @Test
  void userThatComesAgain_isOneOfTheNextStep() {
    IntendedStarts first = arrivals.of(STEP, 1);
    assertThat(arrivals.of(STEP, 2)).isSameAs(first);
    IntendedStarts next = arrivals.of(STEP, 2);
    assertThat(next).isNotSameAs(first);
    assertThat(arrivals.of(STEP, 1)).isSameAs(next);
  }

  @Test
  void oldSteps_areForgotten() {
    IntendedStarts first = arrivals.of(STEP, 1);
    clock.addAndGet(TimeUnit.HOURS.toNanos(2));
    assertThat(arrivals.of(STEP, 2)).isNotSameAs(first);
  }
}
