package dev.broadside.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class LatencyBucketsTest {
  private static final long HOUR = TimeUnit.HOURS.toNanos(1);

  private final Histogram histogram = new Histogram(1000, HOUR, 3);

  private void assertBucketOfHdrHistogram(long nanos) {
    assertThat(LatencyBuckets.nanos(LatencyBuckets.of(nanos)))
        .as("of %d", nanos)
        .isEqualTo(histogram.lowestEquivalentValue(nanos));
  }

  @Test
  void buckets_areThoseOfHdrHistogram() {
    Random random = new Random(3);
    for (int i = 0; i < 1_000_000; i++) {
      long nanos = random.nextLong() >>> (22 + random.nextInt(42));
      assertBucketOfHdrHistogram(LatencyBuckets.bounded(nanos));
    }
  }

  @Test
  void buckets_areThoseOfHdrHistogramAtEveryBorder() {
    for (long border = 512; border <= HOUR; border *= 2) {
      assertBucketOfHdrHistogram(border - 1);
      assertBucketOfHdrHistogram(border);
      assertBucketOfHdrHistogram(border + 1);
    }
    assertBucketOfHdrHistogram(0);
    assertBucketOfHdrHistogram(HOUR);
  }

  @Test
  void bounded_isBetweenNothingAndAnHour() {
    assertThat(LatencyBuckets.bounded(-1)).isZero();
    assertThat(LatencyBuckets.bounded(Long.MAX_VALUE)).isEqualTo(HOUR);
    assertThat(LatencyBuckets.bounded(7)).isEqualTo(7);
  }

  /** Half a microsecond up to a millisecond, then a thousandth of the value. */
  @Test
  void buckets_keepThreeDigitsOrAMicrosecondUpToAnHour() {
    for (long nanos = 1; nanos < HOUR; nanos += 1 + nanos / 777) {
      long error = nanos - LatencyBuckets.nanos(LatencyBuckets.of(nanos));
      assertThat(error).isBetween(0L, Math.max(1000L, nanos / 1000));
    }
  }
}
