package dev.broadside.oct;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.broadside.metrics.RunNote;
import dev.broadside.metrics.Starts;
import dev.broadside.oct.testing.Await;
import dev.broadside.oct.testing.FakeHq;
import dev.broadside.users.EndRunException;
import dev.broadside.users.LoadProfile;
import dev.broadside.users.Transaction;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class TurretLoadTest {
  private static final Transaction NOTHING = context -> {};

  private final BlockingQueue<TurretRun> runs = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> loadEnds = new LinkedBlockingQueue<>();

  private Turret started(FakeHq hq, LoadProfile profile, Transaction transaction) {
    return started(hq, builder(profile, transaction));
  }

  private Turret.Builder builder(LoadProfile profile, Transaction transaction) {
    return Turret.builder(() -> transaction)
        .name("nav")
        .profile(profile)
        .listener(
            new TurretListener() {
              @Override
              public void loadEnded(int run, Duration after, @Nullable RunNote reason) {
                loadEnds.add(reason == null ? "profile" : reason.text());
              }

              @Override
              public void runEnded(TurretRun run) {
                runs.add(run);
              }
            });
  }

  private static Turret started(FakeHq hq, Turret.Builder builder) {
    Turret turret = builder.headquarters("127.0.0.1", hq.publishPort(), hq.resultsPort()).build();
    turret.start();
    return turret;
  }

  private TurretRun nextRun() throws InterruptedException {
    TurretRun run = runs.poll(20, TimeUnit.SECONDS);
    assertThat(run).as("a run that has ended").isNotNull();
    return run;
  }

  @Test
  void rate_firesAsOftenAsItSaysAndWaitsForTheStopOnceItIsOver() throws Exception {
    LoadProfile profile = LoadProfile.rate(200).hold(ofSeconds(2));
    try (FakeHq hq = FakeHq.onLoopback();
        Turret turret = started(hq, profile, NOTHING)) {
      JsonNode ready = hq.awaitStatus("ready");
      assertThat(ready.get("cannons").intValue()).isEqualTo(1);
      assertThat(ready.get("rampup").doubleValue()).isZero();
      for (int run = 1; run <= 2; run++) {
        hq.start();
        List<JsonNode> results =
            java.util.stream.Stream.generate(hq::nextResult).limit(400).toList();
        assertThat(results.get(399).get("elapsed").doubleValue()).isGreaterThan(1.9);
        Await.until("nobody fires", () -> turret.stats().activeCannons() == 0);
        assertThat(hq.poll(ofMillis(300))).isNull();
        assertThat(turret.state()).isEqualTo(TurretState.RUNNING);
        hq.requestStatus();
        assertThat(hq.nextStatus()).isEqualTo("Running");
        hq.stop();
        assertThat(hq.resultsUntil("ready")).isEmpty();
        TurretRun ended = nextRun();
        assertThat(ended.number()).isEqualTo(run);
        assertThat(ended.end()).isEqualTo(TurretRun.End.STOPPED);
        assertThat(ended.results().sent()).isEqualTo(400);
        assertThat(ended.duration()).isBetween(ofMillis(1900), ofSeconds(20));
        Starts starts = ended.schedule().starts();
        assertThat(starts.scheduled()).isEqualTo(400);
        assertThat(starts.dropped() + starts.unstarted()).isZero();
        assertThat(ended.schedule().response().count()).isEqualTo(400);
        assertThat(ended.schedule().schedulerError().count()).isPositive();
      }
      assertThat(turret.stats().schedule().starts().scheduled()).isEqualTo(800);
    }
  }

  @Test
  void stop_winsInTheMiddleOfAProfile() throws Exception {
    LoadProfile profile = LoadProfile.rate(200).hold(ofSeconds(600));
    try (FakeHq hq = FakeHq.onLoopback();
        Turret turret = started(hq, profile, NOTHING)) {
      hq.awaitStatus("ready");
      hq.start();
      hq.nextResult();
      hq.stop();
      long results = 1 + hq.countUntil("ready");
      TurretRun run = nextRun();
      assertThat(run.results().sent()).isEqualTo(results);
      assertThat(run.schedule().starts().scheduled()).isEqualTo(results);
      assertThat(run.duration()).isLessThan(ofSeconds(60));
      assertThat(turret.stats().runs()).isEqualTo(1);
    }
  }

  @Test
  void arrivals_thatFindEveryCannonBusyAreLateAndUnstarted() throws Exception {
    LoadProfile profile = LoadProfile.rate(100).maxUsers(1).hold(ofSeconds(1));
    Transaction slow = context -> TimeUnit.MILLISECONDS.sleep(50); // what the transaction does
    try (FakeHq hq = FakeHq.onLoopback();
        Turret turret = started(hq, profile, slow)) {
      hq.awaitStatus("ready");
      hq.start();
      hq.nextResult();
      Await.until("nobody fires", () -> turret.stats().activeCannons() == 0);
      hq.stop();
      hq.awaitStatus("ready");
      TurretRun run = nextRun();
      Starts starts = run.schedule().starts();
      assertThat(starts.scheduled()).isEqualTo(100);
      assertThat(starts.late()).isPositive();
      assertThat(starts.unstarted()).isEqualTo(100 - run.results().produced()).isPositive();
      assertThat(run.schedule().response().max()).isGreaterThan(ofMillis(200));
      assertThat(run.schedule().toString()).startsWith("100 scheduled = ");
    }
  }

  @Test
  void arrivals_thatTheNetworkHoldsBackAreLateAndTheTimeIsTold() throws Exception {
    String text = "x".repeat(10_000);
    Transaction wordy =
        context -> {
          throw new IllegalStateException(text);
        };
    Turret.Builder builder = builder(LoadProfile.rate(5000).maxUsers(4), wordy).queueCapacity(100);
    try (FakeHq hq = FakeHq.onLoopback();
        Turret turret = started(hq, builder)) {
      hq.awaitStatus("ready");
      hq.start();
      hq.nextResult();
      Await.until("arrivals are late", () -> turret.stats().schedule().starts().late() > 0);
      Await.until("cannons are held back", () -> standsStill(turret));
      hq.stop();
      hq.countUntil("ready");
      TurretRun run = nextRun();
      assertThat(run.heldBack()).isGreaterThan(ofMillis(100));
      assertThat(run.results().sent()).isEqualTo(run.results().produced());
    }
  }

  private static boolean standsStill(Turret turret) {
    long before = turret.stats().results().sent();
    LockSupport.parkNanos(ofMillis(300).toNanos());
    return turret.stats().results().sent() == before;
  }

  @Test
  void rate_goesWithACannonOfOnesOwn() throws Exception {
    Cannon twice =
        iterations -> {
          iterations.next();
          iterations.next();
        };
    Turret.Builder builder =
        builder(LoadProfile.rate(200).hold(ofMillis(500)).maxUsers(10), NOTHING).cannon(twice);
    try (FakeHq hq = FakeHq.onLoopback();
        Turret turret = started(hq, builder)) {
      hq.awaitStatus("ready");
      hq.start();
      assertThat(loadEnds.poll(20, TimeUnit.SECONDS)).isEqualTo("profile");
      hq.stop();
      hq.countUntil("ready");
      TurretRun run = nextRun();
      Starts starts = run.schedule().starts();
      assertThat(starts.scheduled()).isEqualTo(100);
      assertThat(run.results().sent() + starts.unstarted()).isEqualTo(100);
      assertThat(run.results().sent()).isGreaterThan(2 * 10); // others took the place of those gone
      assertThat(turret.stats().activeCannons()).isZero();
    }
  }

  @Test
  void pacing_goesWithCannonsAndIsASchedule() throws Exception {
    try (FakeHq hq = FakeHq.onLoopback();
        Turret turret =
            Turret.builder(() -> NOTHING)
                .cannons(3)
                .rampUp(ofMillis(30))
                .profile(LoadProfile.closed().pacing(ofMillis(100)))
                .headquarters("127.0.0.1", hq.publishPort(), hq.resultsPort())
                .build()) {
      turret.start();
      assertThat(hq.awaitStatus("ready").get("cannons").intValue()).isEqualTo(3);
      hq.start();
      double last = 0;
      for (int i = 0; i < 30; i++) last = hq.nextResult().get("elapsed").doubleValue();
      assertThat(last).isGreaterThan(0.9); // the tenth of each begins 900 ms after its first
      hq.stop();
      hq.awaitStatus("ready");
      assertThat(turret.stats().schedule().starts().scheduled()).isGreaterThanOrEqualTo(30);
    }
  }

  @Test
  void cannons_withoutAProfileHaveNoSchedule() throws Exception {
    try (FakeHq hq = FakeHq.onLoopback();
        Turret turret = started(hq, LoadProfile.closed(), NOTHING)) {
      hq.awaitStatus("ready");
      hq.start();
      hq.nextResult();
      hq.stop();
      hq.countUntil("ready");
      assertThat(nextRun().schedule().starts()).isEqualTo(Starts.NONE);
      assertThat(turret.stats().schedule().starts()).isEqualTo(Starts.NONE);
    }
  }

  @Test
  void poisson_tellsItsSeed() throws Exception {
    LoadProfile profile = LoadProfile.rate(500).poisson(42);
    try (FakeHq hq = FakeHq.onLoopback();
        Turret turret = started(hq, profile, NOTHING)) {
      hq.awaitStatus("ready");
      hq.start();
      hq.nextResult();
      hq.stop();
      hq.awaitStatus("ready");
      assertThat(nextRun().seeds()).containsValue(42L);
      assertThat(turret.state()).isNotEqualTo(TurretState.ABORTED);
    }
  }

  @Test
  void endOfARun_thatATransactionWishesLeavesTheTurretRunningUntilTheStop() throws Exception {
    AtomicInteger left = new AtomicInteger(10);
    Transaction feeding =
        context -> {
          if (left.getAndDecrement() <= 0) throw new EndRunException("no more customers", false);
        };
    try (FakeHq hq = FakeHq.onLoopback();
        Turret turret = started(hq, LoadProfile.users(3), feeding)) {
      hq.awaitStatus("ready");
      hq.start();
      for (int i = 0; i < 10; i++) hq.nextResult();
      Await.until("nobody fires", () -> turret.stats().activeCannons() == 0);
      assertThat(turret.state()).isEqualTo(TurretState.RUNNING);
      hq.stop();
      assertThat(hq.resultsUntil("ready")).isEmpty();
      TurretRun run = nextRun();
      assertThat(run.end()).isEqualTo(TurretRun.End.STOPPED);
      assertThat(run.notes()).containsExactly(new RunNote("no more customers", false));
      assertThat(loadEnds).containsExactly("no more customers");
    }
  }

  @Test
  void endOfAProfile_isTheOnlyReasonWhenTheGeneratorWasSlow() throws Exception {
    long step = ofMillis(20).toNanos();
    Turret.Builder builder =
        builder(LoadProfile.rate(1000).hold(ofMillis(500)), NOTHING)
            .clock(() -> System.nanoTime() / step * step);
    try (FakeHq hq = FakeHq.onLoopback();
        Turret turret = started(hq, builder)) {
      hq.awaitStatus("ready");
      hq.start();
      hq.nextResult();
      assertThat(loadEnds.poll(20, TimeUnit.SECONDS)).isEqualTo("profile");
      hq.stop();
      hq.awaitStatus("ready");
      assertThat(nextRun().notes())
          .singleElement()
          .asString()
          .contains("the generator did not keep up");
      assertThat(turret.stats().runs()).isEqualTo(1);
    }
  }

  @Test
  void endOfARun_thatIsAFailureAbortsTheTurret() throws Exception {
    Transaction failing =
        context -> {
          throw new EndRunException("no more customers", true);
        };
    try (FakeHq hq = FakeHq.onLoopback();
        Turret turret = started(hq, LoadProfile.users(1), failing)) {
      hq.awaitStatus("ready");
      hq.start();
      hq.awaitStatus("Aborted");
      assertThat(turret.awaitEnd(ofSeconds(20))).isTrue();
      assertThat(nextRun().notes()).containsExactly(new RunNote("no more customers", true));
    }
  }

  @Test
  void close_endsARunWhoseProfileIsOver() throws Exception {
    LoadProfile profile = LoadProfile.rate(100).hold(ofMillis(50));
    try (FakeHq hq = FakeHq.onLoopback();
        Turret turret = started(hq, profile, NOTHING)) {
      hq.awaitStatus("ready");
      hq.start();
      hq.nextResult();
      Await.until("nobody fires", () -> turret.stats().activeCannons() == 0);
      turret.close();
      hq.awaitStatus("Aborted");
      assertThat(nextRun().end()).isEqualTo(TurretRun.End.CLOSED);
    }
  }

  @Test
  void profile_excludesCannonsAndRampUp() {
    Turret.Builder builder = Turret.builder(() -> NOTHING);
    builder.profile(LoadProfile.rate(5)).cannons(2);
    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "the profile says how many cannons there are, and so does cannons: 2; drop one");
    builder.cannons(1).rampUp(ofSeconds(1));
    assertThatThrownBy(builder::build).hasMessageContaining("so does rampUp: PT1S; drop one");
    assertThatThrownBy(() -> builder.profile(LoadProfile.open()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.profile(LoadProfile.users(0)))
        .hasMessage("the profile never goes above zero");
  }
}
