package dev.broadside.users;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.broadside.metrics.RunRecorder;
import dev.broadside.metrics.Summary;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a server that stalls for a second looks like to a user that keeps a schedule. */
class CoordinatedOmissionTest {
  private static final long SERVICE_NANOS = ofMillis(1).toNanos();

  /** Answers in a millisecond, but holds every answer back for one second, once. */
  private static final class Server {
    private final long stallsFrom = System.nanoTime() + ofSeconds(3).toNanos();
    private final long stallsUntil = stallsFrom + ofSeconds(1).toNanos();

    void answer() {
      long ready = System.nanoTime() + SERVICE_NANOS;
      boolean stalled = ready - stallsFrom >= 0 && ready - stallsUntil < 0;
      awaitNanoTime(stalled ? stallsUntil + SERVICE_NANOS : ready);
    }

    private static void awaitNanoTime(long moment) {
      for (long left; (left = moment - System.nanoTime()) > 0; ) LockSupport.parkNanos(left);
    }
  }

  /**
   * Of n = 1000 the response time at quantile q is max(s, S + s - (m - 1)(I - s)), with the stall S
   * = 1 s, the service time s = 1 ms, the interval I = 10 ms and m = n - ceil(qn) + 1: 911 ms at
   * 0.99. The service time alone shows 1 ms there.
   */
  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void pacing_showsTheStallThatServiceTimeHides() {
    Server server = new Server();
    RunRecorder recorder = RunRecorder.create();
    UserPool pool =
        UserPool.builder(user -> context -> server.answer(), recorder::record)
            .profile(LoadProfile.users(1).pacing(ofMillis(10)).hold(ofSeconds(10)))
            .startNanos(System.nanoTime())
            .build();
    pool.run();
    Summary summary = recorder.all(ofSeconds(10));
    assertThat(summary.starts().scheduled()).isBetween(999L, 1_001L);
    assertThat(summary.response().p(99)).isBetween(ofMillis(850), ofMillis(960));
    assertThat(summary.response().p(90)).isBetween(ofMillis(50), ofMillis(200));
    assertThat(summary.response().max()).isBetween(ofMillis(990), ofMillis(1_100));
    assertThat(summary.service().p(99)).isLessThan(ofMillis(50));
    assertThat(summary.starts().late()).isBetween(100L, 120L);
    assertThat(pool.schedule().starts()).isEqualTo(summary.starts());
  }
}
