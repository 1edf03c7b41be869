package dev.broadside.users;

import static dev.broadside.metrics.Punctuality.LATE;
import static dev.broadside.metrics.Punctuality.ON_TIME;
import static dev.broadside.metrics.Punctuality.UNSCHEDULED;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofNanos;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.broadside.metrics.Measurement;
import dev.broadside.metrics.Starts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One user on the test's own thread; time moves when somebody waits or works. */
@Timeout(60)
class PacedStartsTest {
  private final HandClock clock = new HandClock();
  private final List<Measurement> results = new ArrayList<>();
  private final List<String> told = new ArrayList<>();

  private final class Results implements ResultSink {
    @Override
    public void accept(Measurement measurement) {
      results.add(measurement);
    }

    @Override
    public void unstarted(long count, Duration longestWait) {
      told.add(count + " " + longestWait.toMillis());
    }
  }

  private UserPool.Builder builder(ClosedProfile profile, Transaction transaction) {
    return UserPool.builder(user -> transaction, new Results())
        .profile(profile)
        .clock(clock)
        .startNanos(clock.getAsLong())
        .park(nanos -> clock.advance(ofNanos(nanos)));
  }

  /** As many iterations as the user is given. */
  private UserPool iterate(ClosedProfile profile, long... serviceMillis) {
    int[] next = {0};
    UserPool pool =
        builder(profile, context -> clock.advance(ofMillis(serviceMillis[next[0]++]))).build();
    run(pool);
    return pool;
  }

  private static void run(UserPool pool) {
    new VirtualUser(UserContext.of(1, "users"), pool).run();
  }

  private static ClosedProfile paced(int iterations) {
    return LoadProfile.users(1).pacing(ofMillis(10)).iterationsPerUser(iterations);
  }

  private List<String> times() {
    return results.stream()
        .map(
            m ->
                millis(m.intendedStartNanos())
                    + ">"
                    + millis(m.startNanos())
                    + " "
                    + m.punctuality())
        .toList();
  }

  private static long millis(long nanos) {
    return nanos / 1_000_000;
  }

  @Test
  void pacing_beginsEachSoOften() {
    iterate(paced(3), 4, 4, 4);
    assertThat(times()).containsExactly("0>0 ON_TIME", "10>10 ON_TIME", "20>20 ON_TIME");
  }

  @Test
  void pacing_catchesUpAndSaysWhoWasLate() {
    UserPool pool = iterate(paced(6), 35, 1, 1, 1, 1, 1);
    assertThat(times())
        .containsExactly(
            "0>0 ON_TIME",
            "10>35 LATE",
            "20>36 LATE",
            "30>37 LATE",
            "40>40 ON_TIME",
            "50>50 ON_TIME");
    assertThat(results)
        .extracting(m -> millis(m.responseNanos()))
        .containsExactly(35L, 26L, 17L, 8L, 1L, 1L);
    assertThat(pool.schedule().starts()).isEqualTo(new Starts(6, 3, 0, 0, ofMillis(25)));
    assertThat(pool.schedule().response().count()).isEqualTo(6);
    assertThat(pool.schedule().schedulerError().count()).isEqualTo(2); // those that were waited for
  }

  @Test
  void pacing_measuresTheSchedulersErrorWhereTheUserWasFree() {
    UserPool pool =
        builder(paced(3), context -> {})
            .park(nanos -> clock.advance(ofNanos(nanos + 2_000_000)))
            .build();
    run(pool);
    assertThat(times()).containsExactly("0>0 ON_TIME", "10>12 ON_TIME", "20>22 ON_TIME");
    assertThat(pool.schedule().schedulerError().count()).isEqualTo(2);
    assertThat(pool.schedule().schedulerError().max()).isBetween(ofMillis(2), ofNanos(2_010_000));
  }

  @Test
  void waiting_thatEndsEarlyGoesOn() {
    UserPool pool =
        builder(paced(3), context -> {})
            .park(nanos -> clock.advance(ofNanos(nanos / 2 + 1)))
            .build();
    run(pool);
    assertThat(times()).containsExactly("0>0 ON_TIME", "10>10 ON_TIME", "20>20 ON_TIME");
  }

  @Test
  void waiting_isNotDisturbedByInterrupts() {
    List<Boolean> interrupted = new ArrayList<>();
    UserPool pool =
        builder(paced(3), context -> interrupted.add(Thread.currentThread().isInterrupted()))
            .park(
                nanos -> {
                  clock.advance(ofNanos(nanos / 2 + 1));
                  Thread.currentThread().interrupt();
                })
            .build();
    run(pool);
    assertThat(times()).containsExactly("0>0 ON_TIME", "10>10 ON_TIME", "20>20 ON_TIME");
    assertThat(interrupted).containsExactly(false, false, false);
  }

  @Test
  void setUp_delaysTheStartAndStaysInLateness() {
    UserPool pool =
        builder(
                paced(2),
                new Transaction() {
                  @Override
                  public void setUp(TransactionContext context) {
                    clock.advance(ofMillis(3));
                  }

                  @Override
                  public void run(TransactionContext context) {
                    clock.advance(ofMillis(1));
                  }
                })
            .build();
    run(pool);
    assertThat(times()).containsExactly("0>3 ON_TIME", "10>13 ON_TIME");
    assertThat(results).extracting(m -> millis(m.responseNanos())).containsExactly(4L, 4L);
  }

  @Test
  void sink_thatHoldsTheUserBackMakesItLate() {
    UserPool pool =
        UserPool.builder(
                user -> context -> clock.advance(ofMillis(1)),
                measurement -> {
                  results.add(measurement);
                  clock.advance(ofMillis(14));
                })
            .profile(paced(3))
            .clock(clock)
            .startNanos(clock.getAsLong())
            .park(nanos -> clock.advance(ofNanos(nanos)))
            .build();
    run(pool);
    assertThat(times()).containsExactly("0>0 ON_TIME", "10>15 LATE", "20>30 LATE");
    assertThat(results).extracting(m -> millis(m.serviceNanos())).containsExactly(1L, 1L, 1L);
  }

  @Test
  void failure_countsAsAStart() {
    UserPool pool =
        builder(
                paced(2),
                context -> {
                  throw new IllegalStateException("status 500");
                })
            .build();
    run(pool);
    assertThat(times()).containsExactly("0>0 ON_TIME", "10>10 ON_TIME");
    assertThat(pool.schedule().starts().scheduled()).isEqualTo(2);
    assertThat(pool.schedule().response().count()).isZero(); // successes only
  }

  @Test
  void restart_beginsAtOnceAndCountsFromThen() {
    UserPool pool = iterate(paced(4).restart(), 4, 25, 4, 4);
    assertThat(times())
        .containsExactly(
            "0>0 UNSCHEDULED", "10>10 UNSCHEDULED", "35>35 UNSCHEDULED", "45>45 UNSCHEDULED");
    assertThat(pool.schedule().starts()).isEqualTo(Starts.NONE);
  }

  @Test
  void thinkTime_pausesAfterEachEnd() {
    iterate(LoadProfile.users(1).thinkTime(ofMillis(10)).iterationsPerUser(3), 4, 25, 1);
    assertThat(times())
        .containsExactly("0>0 UNSCHEDULED", "14>14 UNSCHEDULED", "49>49 UNSCHEDULED");
  }

  @Test
  void behavior_thatAsksLateIsLate() {
    UserPool pool =
        builder(paced(10), context -> {})
            .behavior(
                iterations -> {
                  for (int i = 0; i < 3; i++) {
                    assertThat(iterations.next()).isTrue();
                    clock.advance(ofMillis(12));
                  }
                })
            .build();
    run(pool);
    assertThat(times()).containsExactly("0>0 ON_TIME", "10>12 LATE", "20>24 LATE");
  }

  @Test
  void behavior_thatGoesOnAskingIsToldTheSame() {
    List<Boolean> answers = new ArrayList<>();
    UserPool pool =
        builder(paced(2), context -> {})
            .behavior(
                iterations -> {
                  for (int i = 0; i < 5; i++) answers.add(iterations.next());
                })
            .build();
    run(pool);
    assertThat(answers).containsExactly(true, true, false, false, false);
  }

  @Test
  void close_ofAUserThatWaitsEndsItsWaitAtOnce() {
    ClosedStarts[] starts = new ClosedStarts[1];
    UserPool pool =
        builder(paced(10), context -> {})
            .park(nanos -> starts[0].close(millis(9) * 1_000_000))
            .build();
    starts[0] = (ClosedStarts) pool.starts(1);
    assertThat(starts[0].next()).isEqualTo(new Start(0, ON_TIME));
    assertThat(starts[0].next()).isNull();
    assertThat(clock.getAsLong()).isEqualTo(pool.settings.startNanos);
  }

  @Test
  void close_letsAFreeUserBeginWhatIsDue() {
    ClosedStarts[] starts = new ClosedStarts[1];
    UserPool pool =
        builder(paced(10), context -> {})
            .park(
                nanos -> {
                  clock.advance(ofMillis(12));
                  starts[0].close(11_000_000);
                })
            .build();
    starts[0] = (ClosedStarts) pool.starts(1);
    assertThat(starts[0].next()).isEqualTo(new Start(0, ON_TIME));
    assertThat(starts[0].next()).isEqualTo(new Start(10_000_000, ON_TIME));
    assertThat(starts[0].next()).isNull();
  }

  @Test
  void end_isNoStart_thoughTheUserWakesFirst() {
    UserPool pool =
        iterate(LoadProfile.users(1).pacing(ofMillis(10)).hold(ofMillis(30)), 1, 1, 1, 1, 1);
    assertThat(times()).containsExactly("0>0 ON_TIME", "10>10 ON_TIME", "20>20 ON_TIME");
    assertThat(pool.schedule().starts().scheduled()).isEqualTo(3);
  }

  @Test
  void stop_countsWhatABusyUserIsBehindWith() {
    UserPool[] pool = new UserPool[1];
    pool[0] =
        builder(
                LoadProfile.users(1).pacing(ofMillis(10)),
                context -> {
                  clock.advance(ofMillis(45));
                  pool[0].stop();
                  clock.advance(ofMillis(45));
                })
            .build();
    run(pool[0]);
    pool[0].run(); // it only ends what is left
    assertThat(times()).containsExactly("0>0 ON_TIME");
    assertThat(told).containsExactly("4 35"); // those of 10, 20, 30 and 40 ms
    assertThat(pool[0].schedule().starts()).isEqualTo(new Starts(5, 0, 0, 4, ofMillis(35)));
  }

  @Test
  void stop_countsNoMoreThanTheUserWasToDo() {
    UserPool[] pool = new UserPool[1];
    pool[0] =
        builder(
                paced(3),
                context -> {
                  clock.advance(ofMillis(45));
                  pool[0].stop();
                })
            .build();
    run(pool[0]);
    pool[0].run();
    assertThat(told).containsExactly("2 35");
  }

  @Test
  void user_thatHasDoneItsPartIsBehindWithNothing() {
    UserPool pool = iterate(paced(1), 45);
    pool.stop();
    pool.run();
    assertThat(told).isEmpty();
  }

  @Test
  void thinkTime_leavesNothingUnstarted() {
    UserPool pool =
        iterate(LoadProfile.users(1).thinkTime(ofSeconds(1)).iterationsPerUser(2), 45, 45);
    pool.run();
    assertThat(told).isEmpty();
    assertThat(results).extracting(Measurement::punctuality).containsOnly(UNSCHEDULED);
  }

  @Test
  void seed_isToldWhereThereAreDraws() {
    ClosedProfile profile = LoadProfile.users(1).seed(42);
    assertThat(builder(profile.pacing(ofMillis(1)), context -> {}).build().seeds()).isEmpty();
    assertThat(builder(profile.pacing(ofMillis(1), ofMillis(2)), context -> {}).build().seeds())
        .isEqualTo(Map.of("pacing", 42L));
    assertThat(builder(profile.thinkTime(ofMillis(1), ofMillis(2)), context -> {}).build().seeds())
        .isEqualTo(Map.of("think time", 42L));
  }

  @Test
  void seed_repeatsTheDrawsOfEachUser() {
    ClosedProfile profile =
        LoadProfile.users(1).pacing(ofMillis(10), ofMillis(90)).iterationsPerUser(50).seed(42);
    assertThat(drawn(profile, 1)).isEqualTo(drawn(profile, 1)).isNotEqualTo(drawn(profile, 2));
    assertThat(drawn(profile, 1)).isNotEqualTo(drawn(profile.seed(43), 1));
  }

  private List<Long> drawn(ClosedProfile profile, int user) {
    results.clear();
    UserPool pool = builder(profile, context -> {}).build();
    new VirtualUser(UserContext.of(user, "users"), pool).run();
    assertThat(results).hasSize(50).extracting(Measurement::punctuality).doesNotContain(LATE);
    return results.stream().map(Measurement::intendedStartNanos).toList();
  }
}
