package dev.broadside.oct.junit;

import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.broadside.messaging.ClosedException;
import dev.broadside.metrics.RunResult;
import dev.broadside.oct.Turret;
import dev.broadside.oct.hq.Headquarters;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HeadquartersExtensionTest {
  @RegisterExtension
  static final HeadquartersExtension HQ =
      HeadquartersExtension.with(hq -> hq.runTime(ofMillis(300)));

  private static final List<Headquarters> seen = new ArrayList<>();

  private Headquarters beforeEach;

  @BeforeEach
  void keep(Headquarters hq) {
    beforeEach = hq;
  }

  @Test
  @Order(1)
  void parameter_isAHeadquartersThatRunsATurret(Headquarters hq) {
    seen.add(hq);
    assertThat(hq).isSameAs(beforeEach);
    try (Turret turret =
        Turret.builder(() -> context -> Thread.sleep(1))
            .headquarters("127.0.0.1", hq.publishPort(), hq.resultsPort())
            .build()) {
      turret.start();
      RunResult result = hq.run();
      assertThat(result.all().count()).isPositive();
      assertThat(result.all().failures()).isZero();
    }
  }

  @Test
  @Order(2)
  void nextTest_hasAnotherOne(Headquarters hq) {
    seen.add(hq);
    assertThat(seen).doesNotHaveDuplicates();
    assertThatThrownBy(seen.get(0)::publishPort).isInstanceOf(ClosedException.class);
  }

  @AfterAll
  static void all_areClosed() {
    assertThat(seen)
        .allSatisfy(hq -> assertThatThrownBy(hq::publishPort).isInstanceOf(ClosedException.class));
  }
}
