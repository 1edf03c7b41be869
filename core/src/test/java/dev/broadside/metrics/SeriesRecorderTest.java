package dev.broadside.metrics;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SeriesRecorderTest {
  private final SeriesRecorder recorder = new SeriesRecorder(ofSeconds(1).toNanos(), 10);

  private void record(Duration end, Duration service) {
    recorder.record(end.toNanos(), service.toNanos(), service.toNanos(), false);
  }

  private List<Long> counts() {
    return recorder.series().intervals().stream().map(TimeSeries.Interval::count).toList();
  }

  @Test
  void series_hasWhatEndedInEachInterval() {
    record(ofMillis(0), ofMillis(1));
    record(ofMillis(999), ofMillis(2));
    record(ofMillis(2000), ofMillis(3));
    recorder.record(ofMillis(2500).toNanos(), ofMillis(4).toNanos(), ofMillis(4).toNanos(), true);

    TimeSeries series = recorder.series();
    assertThat(counts()).containsExactly(2L, 0L, 2L);
    assertThat(series.begin(2)).isEqualTo(ofSeconds(2));
    assertThat(series.intervals().get(0).service().max()).isEqualTo(ofMillis(2));
    assertThat(series.intervals().get(2).failures()).isEqualTo(1);
    assertThat(series.intervals().get(2).failed().min()).isEqualTo(ofMillis(4));
    assertThat(series.intervals().get(1).service().count()).isZero();
  }

  @Test
  void intervals_becomeLongerWhenThereAreTooMany() {
    for (int second = 0; second < 45; second++) record(ofSeconds(second), ofMillis(second));

    TimeSeries series = recorder.series();
    assertThat(series.interval()).isEqualTo(ofSeconds(8));
    assertThat(counts()).containsExactly(8L, 8L, 8L, 8L, 8L, 5L);
    assertThat(series.intervals().get(1).service().min()).isEqualTo(ofMillis(8));
    assertThat(series.intervals().get(1).service().max()).isEqualTo(ofMillis(15));
  }

  @Test
  void response_staysWithItsServiceTimesWhenIntervalsBecomeLonger() {
    for (int second = 0; second < 20; second++) {
      long late = second % 4 == 1 ? ofMillis(100).toNanos() : 0;
      long nanos = ofMillis(second + 1).toNanos();
      recorder.record(ofSeconds(second).toNanos(), nanos, nanos + late, false);
    }

    TimeSeries series = recorder.series();
    assertThat(series.interval()).isEqualTo(ofSeconds(2));
    TimeSeries.Interval first = series.intervals().get(0);
    assertThat(first.service().max()).isEqualTo(ofMillis(2));
    assertThat(first.response().count()).isEqualTo(2);
    assertThat(first.response().min()).isEqualTo(ofMillis(1));
    assertThat(first.response().max()).isEqualTo(ofMillis(102));
    TimeSeries.Interval second = series.intervals().get(1);
    assertThat(second.response().max()).isEqualTo(second.service().max());
  }

  @Test
  void intervalFor_makesAHundredOfASecondOrMore() {
    assertThat(TimeSeries.intervalFor(ofMillis(300))).isEqualTo(ofMillis(10));
    assertThat(TimeSeries.intervalFor(ofSeconds(1))).isEqualTo(ofMillis(10));
    assertThat(TimeSeries.intervalFor(ofMillis(1999))).isEqualTo(ofMillis(10));
    assertThat(TimeSeries.intervalFor(ofSeconds(2))).isEqualTo(ofMillis(20));
    assertThat(TimeSeries.intervalFor(ofSeconds(10))).isEqualTo(ofMillis(100));
    assertThat(TimeSeries.intervalFor(ofSeconds(60))).isEqualTo(ofMillis(500));
    assertThat(TimeSeries.intervalFor(ofSeconds(100))).isEqualTo(ofSeconds(1));
    assertThat(TimeSeries.intervalFor(Duration.ofSeconds(Long.MAX_VALUE))).isEqualTo(ofSeconds(1));
  }

  @Test
  void series_takesWhatComesLateOrFarOff() {
    record(ofSeconds(9), ofMillis(1));
    record(ofSeconds(2), ofMillis(1));
    record(Duration.ofNanos(-5), ofMillis(1));
    record(Duration.ofDays(100_000), ofMillis(1)); // a peer may say anything

    assertThat(counts().stream().mapToLong(Long::longValue).sum()).isEqualTo(4);
    assertThat(counts().size()).isLessThanOrEqualTo(10);
    assertThat(counts().get(0)).isEqualTo(3);
  }

  @Test
  void latencies_areThoseOfTheSameValuesInOneHistogram() {
    LatencyRecorder together = new LatencyRecorder();
    LongStream.range(0, 10_000)
        .map(i -> 1_000 + i * i * 37)
        .forEach(
            nanos -> {
              together.record(nanos);
              recorder.record(500, nanos, nanos, false);
            });

    Latencies expected = together.latencies();
    Latencies actual = recorder.series().intervals().get(0).service();
    assertThat(actual.count()).isEqualTo(10_000);
    assertThat(actual.mean()).isEqualTo(expected.mean());
    assertThat(actual.max()).isEqualTo(expected.max());
    for (double p : new double[] {1, 50, 90, 99, 99.9}) {
      assertThat(actual.p(p)).isEqualTo(expected.p(p));
    }
  }
}
