package dev.broadside.users;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.broadside.metrics.Measurement;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One user on the test's own thread, for a given number of iterations. */
@Timeout(60)
class VirtualUserTest {
  private final HandClock clock = new HandClock();
  private final List<Measurement> results = new ArrayList<>();
  private final List<String> calls = new ArrayList<>();

  private List<Measurement> iterate(int times, Transaction transaction) {
    return iterate(times, user -> transaction, builder -> builder);
  }

  private List<Measurement> iterate(
      int times,
      Function<UserContext, Transaction> factory,
      UnaryOperator<UserPool.Builder> settings) {
    int[] asked = {0}; // a behaviour that fails is called again
    UserPool.Builder builder =
        UserPool.builder(factory, results::add)
            .clock(clock)
            .startNanos(clock.getAsLong())
            .group("navigation")
            .behavior(
                iterations -> {
                  while (asked[0]++ < times) assertThat(iterations.next()).isTrue();
                });
    run(settings.apply(builder).build());
    return results;
  }

  private static void run(UserPool pool) {
    new VirtualUser(UserContext.of(3, "navigation"), pool).run();
  }

  /** Notes its calls, each of which takes its time, and fails where told to. */
  private final class Noted implements Transaction {
    Throwable setUp;
    Throwable run;
    Throwable tearDown;

    @Override
    public void setUp(TransactionContext context) {
      note("setUp", 10, setUp);
    }

    @Override
    public void run(TransactionContext context) {
      note("run", 200, run);
    }

    @Override
    public void tearDown(TransactionContext context) {
      note("tearDown", 3_000, tearDown);
    }

    private void note(String call, int millis, Throwable failure) {
      calls.add(call);
      clock.advance(ofMillis(millis));
      if (failure != null) VirtualUserTest.sneak(failure);
    }
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void sneak(Throwable failure) throws T {
    throw (T) failure;
  }

  @Test
  void iteration_givesOneResult() {
    assertThat(iterate(3, new Noted())).hasSize(3).noneMatch(Measurement::failed);
  }

  @Test
  void iteration_surroundsEveryRun() {
    iterate(2, new Noted());
    assertThat(calls).containsExactly("setUp", "run", "tearDown", "setUp", "run", "tearDown");
  }

  @Test
  void iteration_timesTheRunAlone() {
    iterate(2, new Noted());
    assertThat(results)
        .containsExactly(
            new Measurement("Noted", "navigation", 10_000_000, 200_000_000, null, Map.of()),
            new Measurement("Noted", "navigation", 3_220_000_000L, 200_000_000, null, Map.of()));
  }

  @Test
  void setUp_thatFailsSkipsRunAndTearsDown() {
    Noted transaction = new Noted();
    transaction.setUp = new IOException("no database");
    iterate(1, transaction);
    assertThat(calls).containsExactly("setUp", "tearDown");
    assertThat(results)
        .singleElement()
        .satisfies(
            result -> {
              assertThat(result.error()).isEqualTo("no database");
              assertThat(result.serviceNanos()).isZero();
            });
  }

  @Test
  void run_thatFailsIsTimedAndTornDown() {
    Noted transaction = new Noted();
    transaction.run = new IllegalStateException("status 500");
    iterate(1, transaction);
    assertThat(calls).containsExactly("setUp", "run", "tearDown");
    assertThat(results)
        .singleElement()
        .satisfies(
            result -> {
              assertThat(result.error()).isEqualTo("status 500");
              assertThat(result.serviceNanos()).isEqualTo(200_000_000);
            });
  }

  @Test
  void tearDown_thatFailsIsTheError() {
    Noted transaction = new Noted();
    transaction.tearDown = new IllegalStateException("cannot clean up");
    iterate(1, transaction);
    assertThat(results)
        .singleElement()
        .satisfies(
            result -> {
              assertThat(result.error()).isEqualTo("cannot clean up");
              assertThat(result.serviceNanos()).isEqualTo(200_000_000);
            });
  }

  @Test
  void firstFailure_wins() {
    Noted transaction = new Noted();
    transaction.run = new AssertionError("expected 200");
    transaction.tearDown = new IllegalStateException("cannot clean up");
    iterate(1, transaction);
    transaction.setUp = new IllegalStateException("no database");
    iterate(1, transaction);
    assertThat(results)
        .extracting(Measurement::error)
        .containsExactly("expected 200", "no database");
  }

  @Test
  void user_goesOnAfterAFailure() {
    int[] count = {0};
    iterate(
        3,
        context -> {
          if (++count[0] == 2) throw new IOException("once");
        });
    assertThat(results).extracting(Measurement::error).containsExactly(null, "once", null);
  }

  static List<Throwable> failures() {
    return List.of(
        new Exception("checked"),
        new RuntimeException(),
        new RuntimeException(""),
        new RuntimeException("  "),
        new AssertionError(),
        new StackOverflowError(),
        new OutOfMemoryError("of the user's own"),
        new NoClassDefFoundError("a/b/C"),
        new Error("plain"),
        new InterruptedException(),
        new Throwable("bare"),
        new RuntimeException() {
          @Override
          public String getMessage() {
            throw new IllegalStateException("getMessage fails");
          }
        },
        new RuntimeException() {
          @Override
          public String getMessage() {
            throw new StackOverflowError("getMessage fails badly");
          }
        });
  }

  @ParameterizedTest
  @MethodSource("failures")
  void failure_ofAnyKindGivesOneResultWithAnErrorAndKeepsItsTimers(Throwable failure) {
    for (String where : List.of("setUp", "run", "tearDown")) {
      results.clear();
      iterate(2, failingIn(where, failure));
      assertThat(results)
          .as(where)
          .hasSize(2)
          .allSatisfy(
              result -> {
                assertThat(result.error()).isNotBlank();
                assertThat(result.timers()).containsOnlyKeys("before");
                assertThat(result.label()).isNotBlank();
              });
    }
  }

  private static Transaction failingIn(String where, Throwable failure) {
    return new Transaction() {
      @Override
      public void setUp(TransactionContext context) {
        context.addTime("before", ofMillis(5));
        if (where.equals("setUp")) VirtualUserTest.sneak(failure);
      }

      @Override
      public void run(TransactionContext context) {
        if (where.equals("run")) VirtualUserTest.sneak(failure);
      }

      @Override
      public void tearDown(TransactionContext context) {
        if (where.equals("tearDown")) VirtualUserTest.sneak(failure);
      }
    };
  }

  @Test
  void failure_withATextIsToldByItsText() {
    iterate(1, context -> sneak(new IOException("text")));
    assertThat(results).extracting(Measurement::error).containsExactly("text");
  }

  @Test
  void failure_withoutATextIsToldByItsClass() {
    iterate(1, context -> sneak(new IOException()));
    iterate(1, context -> sneak(new StackOverflowError()));
    iterate(1, context -> sneak(new IllegalStateException("\n")));
    assertThat(results)
        .extracting(Measurement::error)
        .containsExactly(
            "java.io.IOException",
            "java.lang.StackOverflowError",
            "java.lang.IllegalStateException");
  }

  @Test
  void recursion_withoutEndIsAnErrorOnly() {
    iterate(2, VirtualUserTest::recurse);
    assertThat(results)
        .extracting(Measurement::error)
        .containsExactly("java.lang.StackOverflowError", "java.lang.StackOverflowError");
  }

  private static void recurse(TransactionContext context) {
    if (context.userNumber() > 0) recurse(context); // always
  }

  @Test
  void timers_areFreshEachIterationAndAddUp() {
    int[] count = {0};
    iterate(
        3,
        context -> {
          count[0]++;
          assertThat(context.timers()).isEmpty();
          for (int i = 0; i < count[0]; i++) {
            try (TransactionContext.Timer timer = context.timer("step")) {
              clock.advance(ofMillis(10));
              assertThat(timer).isNotNull();
            }
          }
        });
    assertThat(results)
        .extracting(Measurement::timers)
        .containsExactly(
            Map.of("step", 10_000_000L), Map.of("step", 20_000_000L), Map.of("step", 30_000_000L));
  }

  @Test
  void timers_measuredBeforeAFailureAreKept() {
    iterate(
        1,
        context -> {
          try (TransactionContext.Timer timer = context.timer("login")) {
            clock.advance(ofMillis(10));
            assertThat(timer).isNotNull();
          }
          context.timer(
              "search",
              (TransactionContext.Action)
                  () -> {
                    clock.advance(ofMillis(20));
                    throw new IOException("gone");
                  });
        });
    assertThat(results)
        .singleElement()
        .satisfies(
            result -> {
              assertThat(result.error()).isEqualTo("gone");
              assertThat(result.timers())
                  .isEqualTo(Map.of("login", 10_000_000L, "search", 20_000_000L));
            });
  }

  @Test
  void timers_ofATearDownCount() {
    iterate(
        1,
        new Transaction() {
          @Override
          public void run(TransactionContext context) {}

          @Override
          public void tearDown(TransactionContext context) {
            context.addTime("cleaning", ofSeconds(1));
          }
        });
    assertThat(results.get(0).timers()).containsExactly(Map.entry("cleaning", 1_000_000_000L));
  }

  @Test
  void clockThatStepsBack_givesNoNegativeTime() {
    iterate(1, context -> clock.advance(ofMillis(-5)));
    assertThat(results.get(0).serviceNanos()).isZero();
  }

  @Test
  void interruptFlag_leftByARunDoesNotReachTheNextIteration() {
    List<Boolean> interrupted = new ArrayList<>();
    iterate(
        3,
        new Transaction() {
          @Override
          public void setUp(TransactionContext context) {
            interrupted.add(Thread.currentThread().isInterrupted());
          }

          @Override
          public void run(TransactionContext context) {
            Thread.currentThread().interrupt();
          }
        });
    boolean unused = Thread.interrupted(); // that of the last iteration
    assertThat(interrupted).containsExactly(false, false, false);
  }

  static final class Checkout implements Transaction {
    @Override
    public void run(TransactionContext context) {}
  }

  @Test
  void label_isTheSimpleNameOfTheClass() {
    iterate(1, new Checkout());
    assertThat(results).extracting(Measurement::label).containsExactly("Checkout");
  }

  @Test
  void label_ofALambdaOrAnonymousClassIsTransaction() {
    iterate(1, context -> {});
    iterate(
        1,
        new Transaction() {
          @Override
          public void run(TransactionContext context) {}
        });
    assertThat(results)
        .extracting(Measurement::label)
        .containsExactly("transaction", "transaction");
  }

  @Test
  void factory_isCalledOnceWithTheUser() {
    List<UserContext> users = new ArrayList<>();
    iterate(
        3,
        user -> {
          users.add(user);
          return context -> assertThat(context.userNumber()).isEqualTo(user.number());
        },
        builder -> builder);
    assertThat(users).containsExactly(UserContext.of(3, "navigation"));
    assertThat(results).noneMatch(Measurement::failed);
  }

  @Test
  void factory_thatFailsIsCalledAgainAfterAPauseAndReportedEachTime() {
    int[] made = {0};
    long since = System.nanoTime();
    iterate(
        4,
        user -> {
          if (++made[0] < 3) sneak(made[0] == 1 ? new IOException("no licence") : new Error());
          return new Checkout();
        },
        builder -> builder);
    assertThat(Duration.ofNanos(System.nanoTime() - since)).isGreaterThan(ofMillis(900 * 2));
    assertThat(made[0]).isEqualTo(3);
    assertThat(results)
        .extracting(Measurement::error)
        .containsExactly("no licence", "java.lang.Error", null, null);
  }

  @Test
  void factory_thatMakesNothingIsAnError() {
    iterate(1, user -> null, builder -> builder);
    assertThat(results)
        .extracting(Measurement::error)
        .containsExactly("the factory made no transaction");
  }

  private static final class Closing implements Transaction, AutoCloseable {
    private final Exception failure;
    int closed;

    Closing(Exception failure) {
      this.failure = failure;
    }

    @Override
    public void run(TransactionContext context) {}

    @Override
    public void close() throws Exception {
      closed++;
      if (failure != null) throw failure;
    }
  }

  @Test
  void close_isCalledOnceAtTheEnd() {
    Closing transaction = new Closing(null);
    iterate(3, transaction);
    assertThat(transaction.closed).isEqualTo(1);
  }

  @Test
  void close_thatFailsIsNoResult() {
    Closing transaction = new Closing(new IOException("cannot close"));
    iterate(1, transaction);
    assertThat(transaction.closed).isEqualTo(1);
    assertThat(results).hasSize(1).noneMatch(Measurement::failed);
  }

  @Test
  void close_isCalledThoughTheBehaviourFailed() {
    Closing transaction = new Closing(null);
    int[] calls = {0};
    iterate(
        0,
        user -> transaction,
        builder ->
            builder.behavior(
                iterations -> {
                  iterations.next();
                  if (++calls[0] == 1) throw new IOException("behaviour fails");
                }));
    assertThat(transaction.closed).isEqualTo(1);
    assertThat(results)
        .extracting(Measurement::error)
        .containsExactly(null, "behaviour fails", null);
  }

  @Test
  void behavior_thatStopsEarlyEndsTheUser() {
    iterate(2, new Checkout());
    assertThat(results).hasSize(2);
  }

  @Test
  void behavior_knowsItsUser() {
    List<UserContext> users = new ArrayList<>();
    iterate(
        0,
        user -> new Checkout(),
        builder -> builder.behavior(iterations -> users.add(iterations.user())));
    assertThat(users).containsExactly(UserContext.of(3, "navigation"));
    assertThat(results).isEmpty();
  }

  @Test
  void next_afterTheStopRunsNothing() {
    UserPool[] pool = new UserPool[1];
    List<Boolean> answers = new ArrayList<>();
    pool[0] =
        UserPool.builder(user -> new Checkout(), results::add)
            .behavior(
                iterations -> {
                  answers.add(iterations.next());
                  pool[0].stop();
                  answers.add(iterations.next());
                })
            .build();
    run(pool[0]);
    assertThat(answers).containsExactly(true, false);
    assertThat(results).hasSize(1);
  }

  /** {@link Iterations#next}: false when the run is over; then nothing was run. */
  @Test
  void next_isTrueForTheIterationThatTheStopFinds() {
    UserPool[] pool = new UserPool[1];
    List<Boolean> answers = new ArrayList<>();
    pool[0] =
        UserPool.builder(user -> context -> pool[0].stop(), results::add)
            .behavior(
                iterations -> {
                  answers.add(iterations.next());
                  answers.add(iterations.next());
                })
            .build();
    run(pool[0]);
    assertThat(results).hasSize(1);
    assertThat(answers).containsExactly(true, false);
  }

  @Test
  void sink_thatThrowsAnExceptionCostsThatResultOnly() {
    assertThat(deliveredTo(new IllegalStateException("sink fails"))).isEqualTo(2);
  }

  @Test
  void sink_thatThrowsAnErrorCostsThatResultOnly() {
    assertThat(deliveredTo(new AssertionError("sink fails"))).isEqualTo(2);
  }

  /** How many of three results a sink gets that fails at the second. */
  private int deliveredTo(Throwable failure) {
    int[] calls = {0};
    int[] asked = {0};
    UserPool pool =
        UserPool.builder(
                user -> new Checkout(),
                measurement -> {
                  if (++calls[0] == 2) sneak(failure);
                  results.add(measurement);
                })
            .behavior(
                iterations -> {
                  while (asked[0]++ < 3) iterations.next();
                })
            .build();
    run(pool);
    assertThat(results).noneMatch(Measurement::failed);
    return results.size();
  }
}
