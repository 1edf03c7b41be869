package dev.broadside.users;

import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PacerTest {
  private static Pacer pacer(ClosedProfile profile) {
    return new Pacer(profile.pace(), 7);
  }

  private static long millis(long millis) {
    return ofMillis(millis).toNanos();
  }

  private static ClosedProfile one() {
    return LoadProfile.users(1);
  }

  @Test
  void pacing_countsFromTheIntendedStart() {
    Pacer pacer = pacer(one().pacing(ofMillis(10)));
    assertThat(pacer.due(millis(3))).isEqualTo(millis(3));
    assertThat(pacer.due(millis(4))).isEqualTo(millis(13));
    assertThat(pacer.due(millis(13))).isEqualTo(millis(23));
  }

  @Test
  void pacing_catchesUp() {
    Pacer pacer = pacer(one().pacing(ofMillis(10)));
    assertThat(pacer.due(0)).isZero();
    assertThat(pacer.due(millis(35))).isEqualTo(millis(10));
    assertThat(pacer.due(millis(36))).isEqualTo(millis(20));
    assertThat(pacer.due(millis(37))).isEqualTo(millis(30));
    assertThat(pacer.due(millis(38))).isEqualTo(millis(40));
  }

  @Test
  void pacing_doesNotDrift() {
    Pacer pacer = pacer(one().pacing(ofMillis(10)));
    for (int i = 0; i < 100_000; i++)
      assertThat(pacer.due(millis(10L * i))).isEqualTo(millis(10L * i));
  }

  @Test
  void restart_countsFromNowAfterAnOverrun() {
    Pacer pacer = pacer(one().pacing(ofMillis(10)).restart());
    assertThat(pacer.due(0)).isZero();
    assertThat(pacer.due(millis(4))).isEqualTo(millis(10)); // in time: no drift
    assertThat(pacer.due(millis(35))).isEqualTo(millis(35));
    assertThat(pacer.due(millis(36))).isEqualTo(millis(45));
    assertThat(pacer.next()).isEqualTo(Long.MAX_VALUE); // nothing to be behind with
  }

  @Test
  void thinkTime_countsFromTheEnd() {
    Pacer pacer = pacer(one().thinkTime(ofMillis(10)));
    assertThat(pacer.due(millis(2))).isEqualTo(millis(2));
    assertThat(pacer.due(millis(37))).isEqualTo(millis(47));
    assertThat(pacer.due(millis(50))).isEqualTo(millis(60));
    assertThat(pacer.skipTo(Long.MAX_VALUE)).isZero();
  }

  @Test
  void range_isDrawnAnewEachTimeWithinItsBounds() {
    Pacer pacer = pacer(one().thinkTime(ofMillis(10), ofMillis(20)));
    long unused = pacer.due(0);
    long[] drawn = LongStream.range(0, 10_000).map(i -> pacer.due(0)).toArray();
    assertThat(LongStream.of(drawn).boxed())
        .allMatch(nanos -> nanos >= millis(10) && nanos <= millis(20));
    assertThat(LongStream.of(drawn).distinct().count()).isGreaterThan(9_900);
    assertThat(LongStream.of(drawn).average().orElseThrow() / millis(1)).isBetween(14.5, 15.5);
  }

  @Test
  void range_isTheSameForTheSameSeed() {
    Pace pace = one().pacing(ofMillis(10), ofMillis(20)).pace();
    assertThat(starts(new Pacer(pace, 42))).isEqualTo(starts(new Pacer(pace, 42)));
    assertThat(starts(new Pacer(pace, 42))).isNotEqualTo(starts(new Pacer(pace, 43)));
  }

  private static long[] starts(Pacer pacer) {
    return LongStream.range(0, 100).map(i -> pacer.due(0)).toArray();
  }

  @Test
  void skipTo_countsWhatIsDueBefore() {
    Pacer pacer = pacer(one().pacing(ofMillis(10)));
    assertThat(pacer.skipTo(millis(100))).isZero(); // nobody has come yet
    long unused = pacer.due(0);
    assertThat(pacer.skipTo(millis(10))).isZero();
    assertThat(pacer.skipTo(millis(10) + 1)).isEqualTo(1);
    assertThat(pacer.next()).isEqualTo(millis(20));
    assertThat(pacer.skipTo(millis(50))).isEqualTo(3); // at 20, 30 and 40 ms
    assertThat(pacer.due(0)).isEqualTo(millis(50));
  }

  @Test
  void skipTo_passesOverDrawnStartsAsIfTheyWereAsked() {
    Pace pace = one().pacing(ofMillis(10), ofMillis(20)).pace();
    Pacer asked = new Pacer(pace, 5);
    Pacer skipped = new Pacer(pace, 5);
    long first = skipped.due(asked.due(0));
    long count = 0;
    while (asked.due(first) < millis(1_000)) count++;
    assertThat(skipped.skipTo(millis(1_000))).isEqualTo(count).isBetween(50L, 100L);
  }
}
