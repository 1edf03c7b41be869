package dev.broadside;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.broadside.Work.Broken;
import dev.broadside.Work.Checkout;
import dev.broadside.metrics.RunNote;
import dev.broadside.metrics.RunResult;
import dev.broadside.metrics.Summary;
import dev.broadside.metrics.Threshold;
import dev.broadside.metrics.Verdict;
import dev.broadside.report.HtmlReport;
import dev.broadside.report.JUnitXml;
import dev.broadside.report.JsonSummary;
import dev.broadside.users.ArrivalOverflow;
import dev.broadside.users.EndRunException;
import dev.broadside.users.LoadProfile;
import dev.broadside.users.Transaction;
import dev.broadside.users.TransactionContext;
import dev.broadside.users.UserThreads;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BroadsideTest {
  private static final Broadside CHECKOUT = Broadside.of(Checkout::new);

  @Test
  void run_givesWhatUsersDid() {
    Instant before = Instant.now().minusMillis(1);
    RunResult result =
        CHECKOUT
            .name("shop")
            .profile(LoadProfile.users(3).hold(ofSeconds(1)))
            .thresholds("p(95) < 10s", "count >= 3")
            .run();
    assertThat(result.passed()).as("%s %s", result.verdicts(), result.notes()).isTrue();
    assertThat(result.transactions()).containsOnlyKeys("Checkout");
    assertThat(result.groups()).containsOnlyKeys("shop");
    assertThat(result.all().count()).isGreaterThanOrEqualTo(3);
    assertThat(result.all().hasSchedule()).isFalse();
    assertThat(result.duration()).isEqualTo(ofSeconds(1));
    assertThat(result.started()).isBetween(before, Instant.now());
    assertThat(result.counters()).containsOnly(Map.entry("abandoned users", 0L));
    assertThat(result.verdicts())
        .extracting(Verdict::passed)
        .hasSize(3) // the third is the default on errors
        .containsOnly(true);
  }

  @Test
  void run_ofArrivalsHasASchedule() {
    RunResult result = CHECKOUT.profile(LoadProfile.rate(200).hold(ofMillis(500))).run();
    Summary checkout = result.transaction("Checkout");
    assertThat(result.passed()).as("%s %s", result.verdicts(), result.notes()).isTrue();
    assertThat(checkout.starts().scheduled()).isEqualTo(100);
    assertThat(checkout.rate()).isEqualTo(200);
    assertThat(result.duration()).isEqualTo(ofMillis(500));
    assertThat(result.schedulerError().count()).isPositive();
    assertThat(result.expectedUsers()).isEmpty();
  }

  @Test
  void result_isWrittenAsItIs(@TempDir Path folder) throws Exception {
    RunResult result = CHECKOUT.profile(LoadProfile.rate(100).hold(ofMillis(100))).run();
    HtmlReport.write(result, folder.resolve("report.html"));
    JsonSummary.write(result, folder.resolve("summary.json"));
    JUnitXml.write(result, folder.resolve("junit.xml"));
    assertThat(folder.resolve("report.html")).content().contains("\"Checkout\"");
    assertThat(folder.resolve("summary.json")).content().contains("\"Checkout\"");
    assertThat(folder.resolve("junit.xml")).content().contains("errors");
  }

  @Test
  void run_withIterations_endsWhenAllAreDone() {
    RunResult result = CHECKOUT.profile(LoadProfile.users(2).iterations(10)).run();
    assertThat(result.all().count()).isEqualTo(10);
    assertThat(result.duration()).isBetween(ofMillis(5), ofSeconds(20));
  }

  @Test
  void run_whoseTransactionsFail_failsByDefault() {
    RunResult result = Broadside.of(Broken::new).profile(LoadProfile.users(1).iterations(3)).run();
    assertThat(result.passed()).isFalse();
    assertThat(result.errors().get(0).text()).isEqualTo("out of stock");
    RunResult allowed =
        Broadside.of(Broken::new)
            .profile(LoadProfile.users(1).iterations(3))
            .thresholds("errors <= 100%")
            .run();
    assertThat(allowed.passed()).isTrue();
  }

  @Test
  void run_thatDropsArrivals_failsByDefault_underTheirLabel() {
    Broadside dropping =
        Broadside.of(Checkout::new)
            .profile(
                LoadProfile.rate(5000)
                    .hold(ofMillis(300))
                    .maxUsers(1)
                    .overflow(ArrivalOverflow.DROP));
    RunResult result = dropping.run();
    assertThat(result.passed()).isFalse();
    assertThat(result.transaction("Checkout").starts().dropped())
        .isPositive()
        .isEqualTo(result.all().starts().dropped());
    assertThat(result.all().starts().scheduled()).isEqualTo(1500);
    assertThat(dropping.thresholds("dropped < 100%").run().passed()).isTrue();
  }

  @Test
  void run_thatEndsItselfBeforeAnything_passes() {
    Transaction enough =
        context -> {
          throw new EndRunException("enough", false);
        };
    RunResult result =
        Broadside.of(() -> enough).profile(LoadProfile.users(2).hold(ofMinutes(1))).run();
    assertThat(result.notes()).containsExactly(new RunNote("enough", false));
    assertThat(result.verdicts()).isEmpty();
    assertThat(result.passed()).isTrue();
  }

  @Test
  void run_ofLambdas_isCalledByItsName() {
    Transaction nothing = context -> Thread.sleep(1);
    RunResult result =
        Broadside.of(() -> nothing)
            .name("nothing much")
            .profile(LoadProfile.users(1).iterations(2))
            .run();
    assertThat(result.transactions()).containsOnlyKeys("nothing much");
  }

  @Test
  void run_whoseTransactionsCannotBeMade_tellsWhy() {
    Broadside impossible =
        Broadside.of(
            () -> {
              throw new IllegalStateException("no such server");
            });
    RunResult result = impossible.profile(LoadProfile.users(1).iterations(1)).run();
    assertThat(result.passed()).isFalse();
    assertThat(result.errors().get(0).text()).isEqualTo("no such server");
  }

  @Test
  void run_inWhichNothingRan_fails() {
    LoadProfile tooShort =
        LoadProfile.closed().rampTo(0, ofMillis(1)).stepTo(1).duration(ofMillis(1));
    RunResult result = CHECKOUT.profile(tooShort).run();
    assertThat(result.all().count()).isZero();
    assertThat(result.notes())
        .containsExactly(new RunNote("nothing ran: no iteration came to its end", true));
    assertThat(result.passed()).isFalse();
  }

  @Test
  void run_thatATransactionEnds_saysWhy() {
    Transaction last =
        context -> {
          throw new EndRunException("all books are sold", true);
        };
    RunResult result =
        Broadside.of(() -> last).profile(LoadProfile.users(1).hold(ofHours(1))).run();
    assertThat(result.notes()).contains(new RunNote("all books are sold", true));
    assertThat(result.duration()).isLessThan(ofSeconds(60));
    assertThat(result.passed()).isFalse();
  }

  @Test
  void settings_areWhatTransactionsFind() {
    Queue<Object> found = new ConcurrentLinkedQueue<>();
    Transaction looking = context -> found.add(String.valueOf(context.settings().get("shop")));
    RunResult unused =
        Broadside.of(() -> looking)
            .settings(Map.of("shop", "books"))
            .profile(LoadProfile.users(1).iterations(1))
            .run();
    assertThat(found).containsExactly("books");
  }

  @Test
  void threads_areThoseThatWereAskedFor() {
    Queue<Thread> seen = new ConcurrentLinkedQueue<>();
    Transaction looking = context -> seen.add(Thread.currentThread());
    RunResult unused =
        Broadside.of(() -> looking)
            .name("shop")
            .threads(UserThreads.PLATFORM)
            .profile(LoadProfile.users(1).iterations(1))
            .run();
    assertThat(seen).extracting(Thread::getName).containsExactly("shop-1");
    assertThat(seen).allMatch(Thread::isDaemon).noneMatch(Thread::isAlive);
  }

  @Test
  void threads_refusesVirtualOnesThatThisJavaHasNot() {
    assumeThat(Runtime.version().feature()).isLessThan(21);
    assertThatThrownBy(() -> CHECKOUT.threads(UserThreads.VIRTUAL))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("virtual threads need Java 21");
  }

  @Test
  void run_mayBeRunTwiceAtOnce() throws Exception {
    CountDownLatch both = new CountDownLatch(2);
    Transaction meeting =
        context -> {
          both.countDown();
          both.await();
        };
    Broadside broadside = Broadside.of(() -> meeting).profile(LoadProfile.users(1).iterations(5));
    try (LoadRun one = broadside.start();
        LoadRun other = broadside.start()) {
      assertThat(one.await().all().count()).isEqualTo(5);
      assertThat(other.await().all().count()).isEqualTo(5);
    }
  }

  @Test
  void run_withoutAProfileIsRefused() {
    assertThatIllegalStateException()
        .isThrownBy(CHECKOUT::run)
        .withMessageStartingWith("broadside has no profile; give it one, as in .profile(");
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                Broadside.of(
                        Scenario.of(Checkout::new).profile(LoadProfile.users(1)),
                        Scenario.of(Checkout::new))
                    .name("shop")
                    .start())
        .withMessageStartingWith("shop-2 has no profile");
  }

  @Test
  void run_withoutAnEndIsRefused() {
    assertThatIllegalStateException()
        .isThrownBy(CHECKOUT.profile(LoadProfile.users(1))::run)
        .withMessageStartingWith("the profile of broadside has no end; add hold(…)");
    assertThatIllegalStateException()
        .isThrownBy(CHECKOUT.profile(LoadProfile.rate(1))::run)
        .withMessageContaining("has no end");
  }

  @Test
  void profile_ofNothingIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CHECKOUT.profile(LoadProfile.closed()))
        .withMessage("the profile never goes above zero; add a stage, as in stepTo(10)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Scenario.mix().profile(LoadProfile.rate(0).hold(ofSeconds(1))))
        .withMessageContaining("never goes above zero");
  }

  @Test
  void arguments_areCheckedAtOnce() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CHECKOUT.thresholds("p(95) < 200"))
        .withMessageStartingWith("\"p(95) < 200\": p ");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CHECKOUT.name(" "))
        .withMessage("name is blank");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CHECKOUT.grace(ofMillis(-1)))
        .withMessage("grace < 0: PT-0.001S");
    assertThatIllegalArgumentException()
        .isThrownBy(Broadside::of)
        .withMessage("there is no scenario to run");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Broadside.of(
                    Scenario.of(Checkout::new).name("a"), Scenario.of(Broken::new).name("a")))
        .withMessage("two scenarios are called \"a\"");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Broadside.of(Scenario.mix()))
        .withMessageStartingWith("the mix is empty");
  }

  @Test
  void thresholds_addUp() {
    RunResult result =
        CHECKOUT
            .thresholds("count >= 1")
            .thresholds(List.of(Threshold.parse("count <= 5")))
            .profile(LoadProfile.users(1).iterations(2))
            .run();
    assertThat(result.verdicts())
        .extracting(Verdict::threshold)
        .startsWith("count >= 1", "count <= 5");
  }

  @Test
  void of_givesEveryUserAnInstanceAndClosesIt() {
    AtomicInteger made = new AtomicInteger();
    AtomicInteger closed = new AtomicInteger();
    RunResult unused =
        Broadside.of(() -> new Counted(made, closed))
            .profile(LoadProfile.users(3).iterationsPerUser(2))
            .run();
    assertThat(made).hasValue(3);
    assertThat(closed).hasValue(3);
  }

  private static final class Counted implements Transaction, AutoCloseable {
    private final AtomicInteger closed;

    Counted(AtomicInteger made, AtomicInteger closed) {
      made.incrementAndGet();
      this.closed = closed;
    }

    @Override
    public void run(TransactionContext context) {}

    @Override
    public void close() {
      closed.incrementAndGet();
    }
  }
}
