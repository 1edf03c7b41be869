package dev.broadside;

import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.broadside.Work.Browse;
import dev.broadside.Work.Checkout;
import dev.broadside.metrics.RunResult;
import dev.broadside.users.ArrivalOverflow;
import dev.broadside.users.LoadProfile;
import dev.broadside.users.Transaction;
import dev.broadside.users.TransactionContext;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MixTest {
  private static final Mix SHOP = Scenario.mix().add(70, Browse::new).add(30, Checkout::new);

  /** Says what is done with it. */
  private record Telling(String name, Queue<String> told) implements Transaction, AutoCloseable {
    @Override
    public void setUp(TransactionContext context) {
      told.add(name + " set up by " + context.userNumber());
    }

    @Override
    public void run(TransactionContext context) {
      told.add(name + " by " + context.userNumber());
    }

    @Override
    public void tearDown(TransactionContext context) {
      told.add(name + " torn down by " + context.userNumber());
    }

    @Override
    public void close() {
      told.add(name + " closed");
    }
  }

  @Test
  void mix_drawsByWeights_eachUnderItsLabel() {
    RunResult result =
        Broadside.of(SHOP.seed(42)).profile(LoadProfile.users(2).iterationsPerUser(500)).run();
    assertThat(result.transactions()).containsOnlyKeys("Browse", "Checkout");
    assertThat(result.transaction("Browse").count()).isBetween(630L, 770L); // of 1000: 5 sigma
    assertThat(result.all().count()).isEqualTo(1000);
    assertThat(result.seeds()).isEqualTo(Map.of("mix", 42L));
    assertThat(result.passed()).isTrue();
  }

  @Test
  void mix_withTheSameSeed_letsAUserDoTheSame() {
    assertThat(drawn(7)).hasSize(40).isEqualTo(drawn(7)).isNotEqualTo(drawn(8));
  }

  private static List<String> drawn(long seed) {
    Queue<String> told = new ConcurrentLinkedQueue<>();
    Mix mix =
        Scenario.mix()
            .add(1, () -> new Telling("a", told))
            .add(1, () -> new Telling("b", told))
            .seed(seed);
    RunResult unused = Broadside.of(mix).profile(LoadProfile.users(1).iterations(40)).run();
    return told.stream().filter(text -> text.endsWith(" by 1") && text.length() == 6).toList();
  }

  @Test
  void mix_withoutASeed_tellsTheOneItDrew() {
    Broadside shop = Broadside.of(SHOP).profile(LoadProfile.users(1).iterations(1));
    assertThat(shop.run().seeds().get("mix")).isNotEqualTo(shop.run().seeds().get("mix"));
  }

  @Test
  void mix_surroundsEachWithItsOwn_andClosesAllThatWereMade() {
    Queue<String> told = new ConcurrentLinkedQueue<>();
    AtomicInteger made = new AtomicInteger();
    Mix mix =
        Scenario.mix()
            .add(1, () -> new Telling("a" + made.incrementAndGet(), told))
            .add(1e-300, () -> new Telling("never", told));
    RunResult unused = Broadside.of(mix).profile(LoadProfile.users(1).iterations(2)).run();
    assertThat(told)
        .containsExactly(
            "a1 set up by 1",
            "a1 by 1",
            "a1 torn down by 1",
            "a1 set up by 1",
            "a1 by 1",
            "a1 torn down by 1",
            "a1 closed");
  }

  @Test
  void mix_labelsLambdasAsItIsTold() {
    Transaction nothing = context -> {};
    Mix mix = Scenario.mix().add(1, "look", () -> nothing).add(1, () -> nothing).name("shop");
    RunResult result = Broadside.of(mix.seed(1)).profile(LoadProfile.users(1).iterations(50)).run();
    assertThat(result.transactions()).containsOnlyKeys("look", "shop");
    assertThat(result.groups()).containsOnlyKeys("shop");
  }

  @Test
  void mix_ofWhatCannotBeMade_costsThatIterationOnly() {
    Mix mix =
        Scenario.mix()
            .add(1, Checkout::new)
            .add(
                1,
                "impossible",
                () -> {
                  throw new IllegalStateException("no such server");
                });
    RunResult result = Broadside.of(mix.seed(1)).profile(LoadProfile.users(1).iterations(50)).run();
    assertThat(result.transaction("Checkout").failures()).isZero();
    assertThat(result.transaction("impossible").failures())
        .isEqualTo(50 - result.transaction("Checkout").count())
        .isPositive();
    assertThat(result.errors().get(0).text()).isEqualTo("no such server");
  }

  @Test
  void mix_countsDroppedArrivalsAmongAllOnly() {
    RunResult result =
        Broadside.of(SHOP)
            .profile(
                LoadProfile.rate(5000)
                    .hold(ofMillis(200))
                    .maxUsers(1)
                    .overflow(ArrivalOverflow.DROP))
            .run();
    assertThat(result.all().starts().dropped()).isPositive();
    assertThat(result.transactions().values())
        .allSatisfy(each -> assertThat(each.starts().dropped()).isZero());
  }

  @Test
  void add_checksItsArguments() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SHOP.add(0, Browse::new))
        .withMessage("weight: 0.0; expected more than 0");
    assertThatIllegalArgumentException().isThrownBy(() -> SHOP.add(Double.NaN, Browse::new));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SHOP.add(1, "", Browse::new))
        .withMessage("name is blank");
  }
}
