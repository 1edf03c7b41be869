package dev.broadside;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.broadside.metrics.RunResult;
import dev.broadside.users.LoadProfile;
import dev.broadside.users.Transaction;
import dev.broadside.users.TransactionContext;
import org.junit.jupiter.api.Test;

class BroadsideTest {
  /** Takes a moment. */
  static final class Checkout implements Transaction {
    @Override
    public void run(TransactionContext context) throws Exception {
      Thread.sleep(1);
    }
  }

  @Test
  void run_givesWhatUsersDid() {
    RunResult result =
        Broadside.of(Checkout::new)
            .name("shop")
            .profile(LoadProfile.users(3).hold(ofMillis(200)))
            .thresholds("p(95) < 10s", "count >= 3")
            .run();
    assertThat(result.passed()).as("%s %s", result.verdicts(), result.notes()).isTrue();
    assertThat(result.transactions()).containsOnlyKeys("Checkout");
    assertThat(result.groups()).containsOnlyKeys("shop");
    assertThat(result.all().count()).isGreaterThanOrEqualTo(3);
    assertThat(result.duration()).isEqualTo(ofMillis(200)).isLessThan(ofSeconds(1));
  }
}
