package dev.broadside.users;

import static java.time.Duration.ofNanos;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IntendedStartsTest {
  private static final long EVER = Long.MAX_VALUE;

  @Test
  void pacing_isAUsersOwnAndCatchesUp() {
    IntendedStarts starts = IntendedStarts.of(LoadProfile.closed().pacing(ofNanos(10)));
    assertThat(starts.isSchedule()).isTrue();
    assertThat(starts.next(100, EVER)).isEqualTo(100);
    assertThat(starts.next(135, EVER)).isEqualTo(110);
    assertThat(starts.next(136, EVER)).isEqualTo(120);
    assertThat(starts.next(136, 130)).isEqualTo(IntendedStarts.NONE);
  }

  @Test
  void thinkTime_countsFromNow() {
    IntendedStarts starts = IntendedStarts.of(LoadProfile.closed().thinkTime(ofNanos(10)));
    assertThat(starts.isSchedule()).isFalse();
    assertThat(starts.next(100, EVER)).isEqualTo(100);
    assertThat(starts.next(135, EVER)).isEqualTo(145);
  }

  @Test
  void arrivals_beginWhenTheyAreAskedFirst() {
    IntendedStarts starts = IntendedStarts.of(LoadProfile.rate(1e9).iterations(3));
    assertThat(starts.isSchedule()).isTrue();
    assertThat(starts.next(100, EVER)).isEqualTo(100);
    assertThat(starts.next(900, EVER)).isEqualTo(101);
    assertThat(starts.next(900, EVER)).isEqualTo(102);
    assertThat(starts.next(900, EVER)).isEqualTo(IntendedStarts.NONE);
  }

  @Test
  void arrival_thatComesWhenTheUserIsGoneIsLeftToOthers() {
    IntendedStarts starts = IntendedStarts.of(LoadProfile.rate(1e9));
    assertThat(starts.next(100, EVER)).isEqualTo(100);
    assertThat(starts.next(100, 101)).isEqualTo(IntendedStarts.NONE);
    assertThat(starts.next(100, 102)).isEqualTo(101);
  }
}
