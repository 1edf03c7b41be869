package dev.broadside.oct.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TurretClocksTest {
  private static final long NOW = 1_795_290_242_000_000L;

  private final TurretClocks clocks = new TurretClocks();

  @Test
  void words_tellTheSmallestDistance() {
    clocks.arrived("a", NOW - 5000, NOW);
    clocks.arrived("a", NOW - 300, NOW);
    clocks.arrived("a", NOW - 4000, NOW);
    clocks.arrived("b", NOW + 3_600_000_000L, NOW);

    assertThat(clocks.words("a")).isEqualTo("300 µs behind");
    assertThat(clocks.words("b")).isEqualTo("3600 s ahead");
    assertThat(clocks.words("c")).isEqualTo("unknown");
  }

  @Test
  void words_sayThatNoEpochMadeSense() {
    for (long epoch : new long[] {0, NOW * 1000, NOW / 1000, Long.MIN_VALUE, Long.MAX_VALUE}) {
      clocks.arrived("odd", epoch, NOW);
      assertThat(clocks.words("odd")).isEqualTo("epoch makes no sense");
    }
    clocks.arrived("odd", NOW, NOW);
    assertThat(clocks.words("odd")).as("one did").isEqualTo("0");
  }

  @Test
  void arrived_keepsNoMoreThanSoManyNames() {
    for (int i = 0; i < 20_000; i++) clocks.arrived("t" + i, NOW, NOW);
    assertThat(clocks.words("t9999")).isEqualTo("0");
    assertThat(clocks.words("t10000")).isEqualTo("unknown");
  }

  @Test
  void kept_areTheSameAgain() {
    clocks.arrived("a", NOW - 300, NOW);
    clocks.arrived("odd", 0, NOW);
    TurretClocks kept = new TurretClocks(clocks.skewMicros(List.of("a", "odd", "b")));
    assertThat(kept.words("a")).isEqualTo("300 µs behind");
    assertThat(kept.words("odd")).isEqualTo("epoch makes no sense");
  }
}
