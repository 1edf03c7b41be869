package dev.broadside.metrics;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofNanos;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.stream.LongStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class LatenciesTest {
  private static Latencies millis(LongStream values) {
    LatencyRecorder recorder = new LatencyRecorder();
    values.forEach(value -> recorder.record(ofMillis(value).toNanos()));
    return recorder.latencies();
  }

  @Test
  void empty_isAllZero() {
    assertThat(Latencies.EMPTY.count()).isZero();
    assertThat(Latencies.EMPTY.min()).isZero();
    assertThat(Latencies.EMPTY.mean()).isZero();
    assertThat(Latencies.EMPTY.p(99)).isZero();
    assertThat(Latencies.EMPTY.max()).isZero();
    assertThat(Latencies.EMPTY.stdev()).isZero();
  }

  @Test
  void figures_areThoseOfOneToAThousand() {
    Latencies latencies = millis(LongStream.rangeClosed(1, 1000));

    assertThat(latencies.count()).isEqualTo(1000);
    assertThat(latencies.min()).isEqualTo(ofMillis(1));
    assertThat(latencies.max()).isEqualTo(ofMillis(1000));
    assertThat(latencies.mean()).isEqualTo(ofNanos(500_500_000));
    assertClose(latencies.p(50), ofMillis(500));
    assertClose(latencies.p(99), ofMillis(990));
    assertClose(latencies.stdev(), ofNanos(288_675_000)); // sqrt((n² - 1) / 12)
  }

  @Test
  void stdev_ofEqualValuesIsZero() {
    assertThat(millis(LongStream.of(1234, 1234, 1234)).stdev()).isZero();
  }

  private static void assertClose(Duration actual, Duration expected) {
    assertThat((double) actual.toNanos())
        .isCloseTo(expected.toNanos(), Percentage.withPercentage(0.1));
  }

  @Test
  void percentiles_keepThreeDigitsAtEveryMagnitude() {
    for (long nanos = 10_000; nanos < ofHours(1).toNanos() / 2; nanos *= 7) {
      LatencyRecorder recorder = new LatencyRecorder();
      recorder.record(nanos);
      recorder.record(2 * nanos);
      recorder.record(ofHours(1).toNanos());
      assertThat((double) recorder.latencies().p(50).toNanos())
          .as("of %d", nanos)
          .isCloseTo(2.0 * nanos, Percentage.withPercentage(nanos < 1_000_000 ? 5.2 : 0.1));
    }
  }

  @Test
  void percentiles_stayBetweenMinimumAndMaximum() {
    Latencies latencies = millis(LongStream.of(7, 7, 9));

    assertThat(latencies.p(0)).isEqualTo(ofMillis(7));
    assertThat(latencies.p(50)).isGreaterThanOrEqualTo(ofMillis(7)).isLessThan(ofMillis(8));
    assertThat(latencies.p(100)).isEqualTo(ofMillis(9));
  }

  @Test
  void p_refusesWhatIsNoPercentile() {
    assertThatThrownBy(() -> Latencies.EMPTY.p(100.1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("percentile not between 0 and 100: 100.1");
    assertThatThrownBy(() -> Latencies.EMPTY.p(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void record_countsWhatIsLongerThanAnHourAsAnHour() {
    LatencyRecorder recorder = new LatencyRecorder();
    recorder.record(ofHours(30).toNanos());
    recorder.record(Long.MAX_VALUE);

    assertThat(recorder.latencies().count()).isEqualTo(2);
    assertThat(recorder.latencies().max()).isEqualTo(ofHours(1));
  }

  @Test
  void mean_survivesMillionsOfHours() {
    Latencies hours = millis(LongStream.of(ofHours(1).toMillis()));
    for (int i = 0; i < 24; i++) hours = hours.plus(hours); // 16 million of them

    assertThat(hours.count()).isEqualTo(1 << 24);
    assertThat(hours.mean()).isEqualTo(ofHours(1));
  }

  @Test
  void plus_isAsIfAllHadBeenRecordedTogether() {
    Latencies both = millis(LongStream.range(1, 100)).plus(millis(LongStream.range(100, 90_000)));
    Latencies together = millis(LongStream.range(1, 90_000));

    assertThat(both.count()).isEqualTo(together.count());
    assertThat(both.min()).isEqualTo(together.min());
    assertThat(both.mean()).isEqualTo(together.mean());
    assertThat(both.stdev()).isEqualTo(together.stdev());
    for (double p : new double[] {0, 1, 50, 99, 99.99, 100}) {
      assertThat(both.p(p)).isEqualTo(together.p(p));
    }
  }

  @Test
  void plus_leavesBothAsTheyWere() {
    Latencies one = millis(LongStream.of(1));
    Latencies other = millis(LongStream.of(60_000));

    assertThat(one.plus(other).count()).isEqualTo(2);
    assertThat(one.count()).isEqualTo(1);
    assertThat(one.plus(Latencies.EMPTY)).isSameAs(one);
    assertThat(Latencies.EMPTY.plus(other)).isSameAs(other);
  }

  @Test
  void latencies_areASnapshot() {
    LatencyRecorder recorder = new LatencyRecorder();
    recorder.record(1_000_000);
    Latencies before = recorder.latencies();
    recorder.record(2_000_000);

    assertThat(before.count()).isEqualTo(1);
    assertThat(before.max()).isEqualTo(ofMillis(1));
  }
}
