package dev.broadside.loads.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FleetStepTest {
  private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

  @Test
  void of_repeatsTheLastValueOfTheShorterList() {
    assertThat(FleetStep.of(List.of(10, 20, 30), List.of(1, 2), null))
        .containsExactly(
            new FleetStep(1, 10, 1, null),
            new FleetStep(2, 20, 2, null),
            new FleetStep(3, 30, 2, null));
    assertThat(FleetStep.of(List.of(10), List.of(1, 2), null))
        .containsExactly(new FleetStep(1, 10, 1, null), new FleetStep(2, 10, 2, null));
  }

  @Test
  void of_countsNoHitsWithADuration() {
    assertThat(FleetStep.of(List.of(10, 20), List.of(1, 2, 3), TEN_SECONDS))
        .containsExactly(
            new FleetStep(1, 10, 0, TEN_SECONDS), new FleetStep(2, 20, 0, TEN_SECONDS));
  }

  @Test
  void limit_isThatOfTheStepItself() {
    List<FleetStep> steps = FleetStep.of(List.of(1), List.of(1, 5), null);
    assertThat(steps).extracting(FleetStep::limit).containsExactly(seconds(2), seconds(10));
    assertThat(new FleetStep(1, 1, 0, TEN_SECONDS).limit()).isEqualTo(seconds(12));
    assertThat(new FleetStep(1, 1, Integer.MAX_VALUE, null).limit()).isGreaterThan(seconds(4e9));
  }

  @Test
  void length_isTheDurationOrElseTheLimit() {
    assertThat(new FleetStep(1, 1, 0, TEN_SECONDS).length()).isEqualTo(TEN_SECONDS);
    assertThat(new FleetStep(1, 1, 5, null).length()).isEqualTo(seconds(10));
  }

  private static Duration seconds(double seconds) {
    return Duration.ofSeconds((long) seconds);
  }
}
