package dev.broadside.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class LatencyRecorderTest {
  private final LatencyRecorder recorder = new LatencyRecorder();
  private final Histogram plain = LatencyBuckets.emptyHistogram();

  private void record(long nanos, int times) {
    for (int i = 0; i < times; i++) {
      recorder.record(nanos);
      plain.recordValue(nanos);
    }
  }

  private void assertAllAreThere() {
    assertThat(recorder.latencies().count()).isEqualTo(plain.getTotalCount());
    EncodedLatencies encoded = recorder.encoded();
    assertThat(encoded).isNotNull();
    assertThat(encoded.decoded()).isEqualTo(plain);
  }

  @Test
  void few_areCounted() {
    for (int count = 1; count < 100; count++) {
      record(count * 1_000_000L, 1);
      if (count % 7 == 0) assertAllAreThere();
    }
    assertAllAreThere();
  }

  @Test
  void manyOfAnyLength_areCounted() {
    Random random = new Random(5);
    for (int i = 0; i < 300_000; i++) {
      record(LatencyBuckets.bounded(random.nextLong() >>> (22 + random.nextInt(42))), 1);
      if (i % 70_001 == 0) assertAllAreThere();
    }
    assertAllAreThere();
  }

  @Test
  void manyThatAreAlike_areCounted() {
    record(500, 65_534);
    record(500, 3);
    record(2_000_000, 140_000);
    record(500, 1);
    assertAllAreThere();
  }

  @Test
  void longOnes_findRoomAfterManyShortOnes() {
    record(1_000, 10_000);
    record(TimeUnit.HOURS.toNanos(1), 3);
    record(TimeUnit.MINUTES.toNanos(1), 3);
    assertAllAreThere();
  }

  @Test
  void packed_itGoesOn() {
    record(1_000, 10_000);
    recorder.pack();
    record(3_000_000, 20);
    assertAllAreThere();
    recorder.pack();
    record(7_000, 10_000);
    assertAllAreThere();
  }
}
