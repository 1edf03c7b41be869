package dev.broadside.users;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofNanos;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.broadside.metrics.RunRecorder;
import dev.broadside.metrics.ScheduleFigures;
import dev.broadside.metrics.Summary;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What a server that stalls for a second looks like to a user that keeps a schedule. Of n = 1000
 * the response time at quantile q is max(s, S + s - (m - 1)(I - s)), with the stall S = 1 s, the
 * service time s = 1 ms, the interval I = 10 ms and m = n - ceil(qn) + 1; 111 starts are late.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class CoordinatedOmissionTest {
  private static final int ATTEMPTS = 4;
  private static final LoadProfile PROFILE =
      LoadProfile.users(1).pacing(ofMillis(10)).hold(ofSeconds(10)).iterationsPerUser(1_000);

  /** Answers in a millisecond, but holds every answer back for one second, once. */
  private static final class Server {
    private static final long SERVICE_NANOS = ofMillis(1).toNanos();

    private final LongSupplier clock;
    private final LongConsumer park;
    private final long stallsFrom;
    private final long stallsUntil;

    Server(LongSupplier clock, LongConsumer park) {
      this.clock = clock;
      this.park = park;
      this.stallsFrom = clock.getAsLong() + ofSeconds(3).toNanos();
      this.stallsUntil = stallsFrom + ofSeconds(1).toNanos();
    }

    void answer() {
      long now = clock.getAsLong();
      boolean stalls = now - stallsFrom >= 0 && now - stallsUntil < 0;
      awaitMoment((stalls ? stallsUntil : now) + SERVICE_NANOS);
    }

    private void awaitMoment(long moment) {
      for (long left = 1; left > 0; left = moment - clock.getAsLong()) {
        park.accept(moment - clock.getAsLong());
      }
    }
  }

  @Test
  void pacing_showsTheStallThatServiceTimeHides() {
    HandClock clock = new HandClock();
    LongConsumer park = nanos -> clock.advance(ofNanos(nanos));
    Server server = new Server(clock, park);
    RunRecorder recorder = RunRecorder.create();
    UserPool pool =
        UserPool.builder(user -> context -> server.answer(), recorder::record)
            .profile(PROFILE)
            .clock(clock)
            .startNanos(clock.getAsLong())
            .park(park)
            .build();
    new VirtualUser(UserContext.of(1, "users"), pool).run();
    Summary summary = recorder.all(ofSeconds(10));
    assertThat(summary.response().count()).isEqualTo(1_000);
    assertClose(summary.response().p(90), ofMillis(101));
    assertClose(summary.response().p(99), ofMillis(911));
    assertClose(summary.response().max(), ofMillis(1_001));
    assertClose(summary.service().p(99), ofMillis(1));
    assertThat(summary.starts().late()).isEqualTo(111);
  }

  private static void assertClose(Duration actual, Duration expected) {
    long histogram = expected.toNanos() / 500; // of three digits
    assertThat(actual.toNanos()).isCloseTo(expected.toNanos(), within(histogram));
  }

  /** The same in real time; a machine that others keep busy gets another attempt. */
  @Test
  void pacing_showsItInRealTimeToo() {
    Measured measured = measured();
    for (int i = 1; i < ATTEMPTS && measured.isDisturbed(); i++) measured = measured();
    Summary summary = measured.summary;
    assertThat(summary.starts()).isEqualTo(measured.schedule.starts());
    assertThat(summary.starts().scheduled()).isBetween(980L, 1_000L);
    assertThat(summary.response().p(99)).isBetween(ofMillis(850), ofMillis(960));
    assertThat(summary.service().p(99)).isLessThan(ofMillis(50));
    assertThat(summary.starts().late()).isBetween(100L, 120L);
  }

  private static Measured measured() {
    Server server = new Server(System::nanoTime, LockSupport::parkNanos);
    RunRecorder recorder = RunRecorder.create();
    UserPool pool =
        UserPool.builder(user -> context -> server.answer(), recorder::record)
            .profile(PROFILE)
            .startNanos(System.nanoTime())
            .build();
    pool.run();
    return new Measured(recorder.all(ofSeconds(10)), pool.schedule());
  }

  private record Measured(Summary summary, ScheduleFigures schedule) {
    private static final Duration MUCH = ofMillis(5);

    /** Whether others took the processor, beside the one stall, for much of an interval. */
    boolean isDisturbed() {
      Duration second = summary.service().p(99.85); // the second longest of 1000
      return second.compareTo(MUCH) > 0 || schedule.schedulerError().max().compareTo(MUCH) > 0;
    }
  }
}
