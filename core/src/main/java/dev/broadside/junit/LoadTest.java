package dev.broadside.junit;

import dev.broadside.users.ArrivalOverflow;
import dev.broadside.users.LoadProfile;
import dev.broadside.users.UserThreads;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * A test whose method many users call again and again, each on a thread of its own, until the load
 * is over:
 *
 * <pre>{@code
 * class CheckoutTest {
 *   @LoadTest(users = 50, rampUp = "10s", duration = "1m",
 *       thresholds = {"p(95) < 200ms", "errors < 1%"})
 *   void checkout(TransactionContext context) throws Exception {
 *     Cart cart = context.perUser(Cart.class, Cart::new);
 *     cart.buy("book");
 *   }
 *
 *   @AfterEach
 *   void check(RunResult result) { // where a threshold cannot say it
 *     assertThat(result.all().service().p(99)).isLessThan(ofMillis(500));
 *   }
 * }
 * }</pre>
 *
 * <p>All users share the test's instance, so its fields have to bear many threads; what belongs to
 * a user is in its {@code TransactionContext}. {@code @BeforeEach} and {@code @AfterEach} surround
 * the whole load, and other parameters, a {@code @TempDir} say, are the same for all. The method
 * returns nothing; JUnit would not run it.
 *
 * <p>The test fails where a threshold does not hold; without one on errors, when anything failed;
 * and without one on them, when scheduled starts were dropped or never made. An assumption that
 * does not hold, in the method too, ends the load and aborts the test. A {@code @Timeout} ends it
 * in order and fails the test.
 *
 * <p>Each test prints a line, and leaves a report in {@code target/broadside}, or in the folder
 * that the configuration parameter of JUnit, or system property, {@value #REPORTS} names.
 *
 * <p>Load tests never run at the same time. In a build with parallel tests, others may run beside
 * them, which take processors: {@code @Isolated} on the class keeps them away.
 */
@Documented
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Test
@ExtendWith(LoadTestExtension.class)
@ResourceLock(LoadTest.LOCK)
public @interface LoadTest {
  /** The resource that JUnit keeps load tests apart with. */
  String LOCK = "dev.broadside.junit.LoadTest";

  /** Names the folder for reports. */
  String REPORTS = "broadside.reports";

  /** Has runs saved for baselines. */
  String BASELINE = "broadside.baseline";

  /** How many users there are at once. 0, the default: one, unless a rate or a profile is given. */
  int users() default 0;

  /** Over how long users or arrivals become as many as asked for, as in {@code 10s}. */
  String rampUp() default "";

  /** How long the load lasts, with its ramp, as in {@code 1m}. */
  String duration() default "";

  /** After how many iterations of all users the load ends. 0: their number is no end. */
  long iterations() default 0;

  /** After how many iterations each user leaves. 0: their number is no end. */
  long iterationsPerUser() default 0;

  /** How many arrivals there are, whether or not the server is ready, as in {@code 500/s}. */
  String rate() default "";

  /** With a rate: how many users there may be at once. 0: 10,000, or 1,000 platform threads. */
  int maxUsers() default 0;

  /** With a rate: what becomes of an arrival that finds all users busy. */
  ArrivalOverflow overflow() default ArrivalOverflow.LATE;

  /** With a rate: whether arrivals come at random, at this rate on average. */
  boolean poisson() default false;

  /** Each user begins an iteration each so often: a time, or the least and the most. */
  String[] pacing() default {};

  /** Each user pauses so long after each iteration: a time, or the least and the most. */
  String[] thinkTime() default {};

  /** What random draws begin with, so that a run can be repeated; one at most. */
  long[] seed() default {};

  /**
   * Makes the load where the settings above cannot say it: a class with a constructor without
   * parameters; one at most. It takes the place of them all.
   */
  Class<? extends Supplier<? extends LoadProfile>>[] profile() default {};

  /** What has to hold, as in {@code p(95) < 200ms} or {@code checkout: errors < 1% abort}. */
  String[] thresholds() default {};

  /**
   * The file of earlier runs that this one may not be worse than, a path from where the tests run.
   * With the configuration parameter of JUnit, or system property, {@value #BASELINE} set to {@code
   * save}, a run that holds the thresholds is added to it instead.
   */
  String baseline() default "";

  /** How much worse than the worst of them it may be. */
  String tolerance() default "10%";

  /** What users run on. */
  UserThreads threads() default UserThreads.AUTOMATIC;

  /** How long a user may take to finish its iteration after the end. */
  String grace() default "5s";
}
