package dev.broadside.oct.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class TurretClocksTest {
  private static final long NOW = 1_795_290_242_000_000L;

  private final TurretClocks clocks = new TurretClocks();

  private void arrived(String turretName, long epochMicros) {
    clocks.arrived(turretName, epochMicros, NOW - 1_000_000, () -> NOW);
  }

  @Test
  void arrived_looksAtTheClockOnlyWhenItMatters() {
    arrived("a", NOW - 300);
    LongSupplier unwanted =
        () -> {
          throw new AssertionError("looks");
        };
    clocks.arrived("a", NOW - 5000, NOW, unwanted);
    assertThat(clocks.words("a")).isEqualTo("300 µs behind");
  }

  @Test
  void words_tellTheSmallestDistance() {
    arrived("a", NOW - 5000);
    arrived("a", NOW - 300);
    arrived("a", NOW - 4000);
    arrived("b", NOW + 3_600_000_000L);

    assertThat(clocks.words("a")).isEqualTo("300 µs behind");
    assertThat(clocks.words("b")).isEqualTo("3600 s ahead");
    assertThat(clocks.words("c")).isEqualTo("unknown");
  }

  @Test
  void words_sayThatNoEpochMadeSense() {
    for (long epoch : new long[] {0, NOW * 1000, NOW / 1000, Long.MIN_VALUE, Long.MAX_VALUE}) {
      arrived("odd", epoch);
      assertThat(clocks.words("odd")).isEqualTo("epoch makes no sense");
    }
    arrived("odd", NOW);
    assertThat(clocks.words("odd")).as("one did").isEqualTo("0");
  }

  @Test
  void arrived_keepsNoMoreThanSoManyNames() {
    for (int i = 0; i < 20_000; i++) arrived("t" + i, NOW);
    assertThat(clocks.words("t9999")).isEqualTo("0");
    assertThat(clocks.words("t10000")).isEqualTo("unknown");
  }

  @Test
  void kept_areTheSameAgain() {
    arrived("a", NOW - 300);
    arrived("odd", 0);
    TurretClocks kept = new TurretClocks(clocks.skewMicros(List.of("a", "odd", "b")));
    assertThat(kept.words("a")).isEqualTo("300 µs behind");
    assertThat(kept.words("odd")).isEqualTo("epoch makes no sense");
  }
}
