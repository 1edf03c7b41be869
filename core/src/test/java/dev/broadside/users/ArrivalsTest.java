package dev.broadside.users;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofNanos;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArrivalsTest {
  private static final long SECOND = 1_000_000_000L;

  private static List<Long> all(OpenProfile profile) {
    Arrivals arrivals = new Arrivals(profile, profile.seed().orElse(1));
    List<Long> times = new ArrayList<>();
    for (; arrivals.next() != Arrivals.NONE; arrivals.advance()) times.add(arrivals.next());
    return times;
  }

  private static List<Long> millis(OpenProfile profile) {
    return all(profile).stream().map(nanos -> Math.round(nanos / 1e6)).toList();
  }

  @Test
  void constant_comesEvenlyFromTheBeginning() {
    assertThat(millis(LoadProfile.rate(10).hold(ofSeconds(1))))
        .containsExactly(0L, 100L, 200L, 300L, 400L, 500L, 600L, 700L, 800L, 900L);
  }

  @Test
  void ramp_comesWhereTheIntegralReachesEach() {
    // of the quadratic 5 t² = k, in its second of ramp
    OpenProfile profile = LoadProfile.open().rampTo(10, ofSeconds(1)).duration(ofSeconds(1));
    assertThat(millis(profile)).containsExactly(0L, 447L, 632L, 775L, 894L);
  }

  @Test
  void rampDown_endsAtZero() {
    List<Long> times = millis(LoadProfile.rate(10).rampTo(0, ofSeconds(1)));
    assertThat(times).containsExactly(0L, 106L, 225L, 368L, 553L); // 1 - sqrt(1 - k / 5)
  }

  @Test
  void zeroRate_hasNone() {
    assertThat(all(LoadProfile.rate(0).hold(ofSeconds(5)))).isEmpty();
    assertThat(all(LoadProfile.open())).isEmpty();
  }

  @Test
  void pause_holdsTheNextOneBack() {
    OpenProfile profile =
        LoadProfile.rate(4)
            .hold(ofSeconds(1))
            .stepTo(0)
            .hold(ofSeconds(9))
            .stepTo(2)
            .hold(ofSeconds(1));
    assertThat(millis(profile)).containsExactly(0L, 250L, 500L, 750L, 10_000L, 10_500L);
  }

  @Test
  void pauseAtTheBeginning_holdsTheFirstOneBack() {
    assertThat(millis(LoadProfile.rate(0).hold(ofSeconds(3)).stepTo(2).hold(ofSeconds(1))))
        .containsExactly(3_000L, 3_500L);
  }

  @Test
  void spike_comesAtOnceAndGoesAtOnce() {
    OpenProfile profile =
        LoadProfile.rate(1).hold(ofSeconds(2)).spike(5, ofSeconds(1)).hold(ofSeconds(2));
    assertThat(millis(profile))
        .containsExactly(0L, 1_000L, 2_000L, 2_200L, 2_400L, 2_600L, 2_800L, 3_000L, 4_000L);
  }

  @Test
  void duration_cutsOrExtends() {
    OpenProfile profile = LoadProfile.rate(2).hold(ofSeconds(2));
    assertThat(all(profile.duration(ofMillis(900)))).containsExactly(0L, SECOND / 2);
    assertThat(all(profile.duration(ofSeconds(5)))).hasSize(10);
    assertThat(all(LoadProfile.rate(2).rampTo(0, ofSeconds(1)).duration(ofHours(1)))).hasSize(1);
  }

  @Test
  void iterations_bound() {
    Arrivals arrivals = new Arrivals(LoadProfile.rate(2).iterations(3), 0);
    assertThat(all(LoadProfile.rate(2).iterations(3))).hasSize(3);
    assertThat(arrivals.isUsedUp()).isFalse();
    for (int i = 0; i < 3; i++) arrivals.advance();
    assertThat(arrivals.isUsedUp()).isTrue();
    assertThat(arrivals.end()).isEqualTo(Arrivals.NONE);
  }

  @Test
  void hoursAtTenThousandASecond_doNotDrift() {
    Arrivals arrivals = new Arrivals(LoadProfile.rate(10_000).hold(ofHours(1)), 0);
    long seen = 0;
    for (; arrivals.next() != Arrivals.NONE; arrivals.advance()) {
      if (arrivals.next() != seen * 100_000) break;
      seen++;
    }
    assertThat(seen).isEqualTo(36_000_000);
  }

  @Test
  void longRamp_isExactAtItsEnd() {
    RateCurve curve = new RateCurve(LoadProfile.open().rampTo(10_000, ofHours(10)).stages());
    // half of 10,000/s for ten hours; the last arrival is one ten-thousandth of a second before
    assertThat(curve.nanosBeyond(180_000_000 - 1))
        .isCloseTo(ofHours(10).toNanos() - 100_000, within(2L));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void anyProfile_agreesWithNumericIntegration(long seed) {
    OpenProfile profile = anyProfile(new Random(seed));
    List<Long> numeric = integrated(profile);
    List<Long> times = all(profile);
    assertThat(times.size()).isCloseTo(numeric.size(), within(1)); // the very end may round
    for (int i = 0; i < Math.min(times.size(), numeric.size()); i++) {
      assertThat(times.get(i)).as("arrival %s", i).isCloseTo(numeric.get(i), within(500_000L));
    }
  }

  private static OpenProfile anyProfile(Random random) {
    OpenProfile profile = LoadProfile.open();
    for (int i = 0; i < 6; i++) {
      double level = random.nextInt(4) == 0 ? 0 : random.nextInt(200);
      Duration ramp = random.nextBoolean() ? Duration.ZERO : ofMillis(random.nextInt(500));
      profile = profile.rampTo(level, ramp);
      if (random.nextBoolean()) profile = profile.hold(ofMillis(random.nextInt(1_000)));
    }
    return profile.duration(ofSeconds(3));
  }

  /** Steps of 10 microseconds, by the middle of each. */
  private static List<Long> integrated(OpenProfile profile) {
    List<Long> times = new ArrayList<>();
    long step = 10_000;
    double integral = 0;
    for (long now = 0; now < 3 * SECOND; now += step) {
      double rate = rateAt(profile, now + step / 2);
      if (rate > 0 && times.size() <= integral + 1e-6) times.add(now);
      integral += rate * step / 1e9;
    }
    return times;
  }

  private static double rateAt(OpenProfile profile, long nanos) {
    double level = 0;
    for (Stage stage : profile.stages()) {
      long ramp = stage.ramp().toNanos();
      if (nanos < ramp) return level + (stage.level() - level) * nanos / ramp;
      level = stage.level();
      nanos -= ramp;
      long hold = stage.hold() == null ? 0 : stage.hold().toNanos();
      if (nanos < hold) return level;
      nanos -= hold;
    }
    return level;
  }

  @Test
  void poisson_isTheSameForTheSameSeed() {
    OpenProfile profile = LoadProfile.rate(100).hold(ofSeconds(10));
    assertThat(all(profile.poisson(7))).isEqualTo(all(profile.poisson(7)));
    assertThat(all(profile.poisson(7))).isNotEqualTo(all(profile.poisson(8)));
  }

  @Test
  void poisson_hasTheRateAndTheSpreadOfOne() {
    List<Long> times = all(LoadProfile.rate(1_000).hold(ofSeconds(100)).poisson(42));
    assertThat(times.size()).isCloseTo(100_000, within(1_500)); // five standard deviations
    double[] perSecond = new double[100];
    times.forEach(time -> perSecond[(int) (time / SECOND)]++);
    double squares = 0;
    for (double count : perSecond) squares += (count - 1_000) * (count - 1_000);
    assertThat(squares / 100).isBetween(500.0, 1_600.0); // the variance is the mean
    assertThat(times).isSorted();
  }

  @Test
  void poisson_followsTheRamp() {
    List<Long> times =
        all(LoadProfile.open().rampTo(1_000, ofSeconds(100)).duration(ofSeconds(100)).poisson(1));
    long half = times.stream().filter(time -> time < 50 * SECOND).count();
    assertThat(times.size()).isCloseTo(50_000, within(1_200));
    assertThat(half).isCloseTo(12_500, within(600L)); // a quarter of the area
  }

  @Test
  void skip_countsAsManyAsWalkingDoes() {
    for (OpenProfile profile : skipped()) {
      long length = profile.length().toNanos();
      for (long until = 0; until <= length + SECOND; until += 37_777_777) {
        assertSkipsAsWalked(profile, 0, until);
        assertSkipsAsWalked(profile, 5, until);
      }
      assertSkipsAsWalked(profile, 0, length);
      assertSkipsAsWalked(profile, 0, length - 1);
    }
  }

  private static List<OpenProfile> skipped() {
    OpenProfile shape = LoadProfile.rate(30).hold(ofSeconds(1)).rampTo(80, ofSeconds(1));
    OpenProfile whole =
        shape
            .hold(ofMillis(300))
            .rampTo(0, ofSeconds(1))
            .rampTo(7, ofSeconds(1))
            .hold(ofMillis(400));
    return List.of(
        LoadProfile.rate(100).hold(ofSeconds(2)),
        LoadProfile.rate(1 / 0.3).hold(ofSeconds(3)),
        whole,
        whole.iterations(50),
        whole.poisson(3));
  }

  private static void assertSkipsAsWalked(OpenProfile profile, int before, long until) {
    Arrivals walked = new Arrivals(profile, 3);
    Arrivals skipped = new Arrivals(profile, 3);
    for (int i = 0; i < before; i++) {
      walked.advance();
      skipped.advance();
    }
    long count = 0;
    for (; walked.next() <= until && walked.next() != Arrivals.NONE; walked.advance()) count++;
    assertThat(skipped.skipTo(until)).as("until %d of %s", until, profile).isEqualTo(count);
    assertThat(skipped.next()).isEqualTo(walked.next());
    assertThat(skipped.isUsedUp()).isEqualTo(walked.isUsedUp());
  }

  @Test
  @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // one by one: days
  void skip_doesNotWalk() {
    Arrivals arrivals = new Arrivals(LoadProfile.rate(1e9).hold(Duration.ofDays(1)), 0);
    assertThat(arrivals.skipTo(arrivals.end())).isEqualTo(86_400 * SECOND);
    assertThat(arrivals.next()).isEqualTo(Arrivals.NONE);
  }

  @Test
  void end_isTheProfilesLength() {
    assertThat(new Arrivals(LoadProfile.rate(1).hold(ofNanos(5)), 0).end()).isEqualTo(5);
  }
}
