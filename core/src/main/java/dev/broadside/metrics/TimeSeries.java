package dev.broadside.metrics;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How something went over the time of a run, in intervals of one length. A measurement belongs to
 * the interval in which it ended. Immutable.
 *
 * @param interval the length of each
 * @param intervals the first begins with the run; those in which nothing ended are there too, up to
 *     the last in which something did
 */
public record TimeSeries(Duration interval, List<Interval> intervals) {
  /** A series of nothing. */
  public static final TimeSeries EMPTY = new TimeSeries(Duration.ofSeconds(1), List.of());

  private static final Duration SHORTEST = Duration.ofMillis(10);
  private static final int[] INTERVAL_MILLIS = {1000, 500, 200, 100, 50, 20};
  private static final int MIN_INTERVALS = 100;

  /** Copies the list. */
  public TimeSeries {
    intervals = List.copyOf(intervals);
  }

  /** When an interval begins, counted from the beginning of the run. */
  public Duration begin(int index) {
    return interval.multipliedBy(index);
  }

  /**
   * The intervals that suit a run which is to take so long: of 10 ms to 1 s, a hundred or more
   * where it takes a second.
   *
   * @param planned how long it is to go on
   */
  public static Duration intervalFor(Duration planned) {
    return IntStream.of(INTERVAL_MILLIS)
        .mapToObj(Duration::ofMillis)
        .filter(each -> each.multipliedBy(MIN_INTERVALS).compareTo(planned) <= 0)
        .findFirst()
        .orElse(SHORTEST);
  }

  /** What ended in one interval. Its latencies are kept encoded, so ask once for them. */
  public static final class Interval {
    static final Interval EMPTY = new Interval(null, null, null);

    private final @Nullable EncodedLatencies service;
    private final @Nullable EncodedLatencies response;
    private final @Nullable EncodedLatencies failed;

    Interval(
        @Nullable EncodedLatencies service,
        @Nullable EncodedLatencies response,
        @Nullable EncodedLatencies failed) {
      this.service = service;
      this.response = response;
      this.failed = failed;
    }

    /** How many there were, successes and failures. */
    public long count() {
      return count(service) + count(failed);
    }

    /** How many of them failed. */
    public long failures() {
      return count(failed);
    }

    private static long count(@Nullable EncodedLatencies latencies) {
      return latencies == null ? 0 : latencies.count();
    }

    /** How long the successes took; decoded at each call. */
    public Latencies service() {
      return latencies(service);
    }

    /**
     * How long they took from their intended start; the same as {@link #service} where there was no
     * schedule. Decoded at each call.
     */
    public Latencies response() {
      return latencies(response);
    }

    /** How long the failures took; decoded at each call. */
    public Latencies failed() {
      return latencies(failed);
    }

    private static Latencies latencies(@Nullable EncodedLatencies latencies) {
      return latencies == null ? Latencies.EMPTY : latencies.latencies();
    }
  }
}
