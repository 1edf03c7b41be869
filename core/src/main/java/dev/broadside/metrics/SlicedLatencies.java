package dev.broadside.metrics;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The latencies of a run, and those of the ten equal slices of its time. Kept encoded.
 *
 * @param whole of the run
 * @param slices ten; none where the run had fewer than ten intervals
 */
record SlicedLatencies(EncodedLatencies whole, List<EncodedLatencies> slices) {
  private static final int MIN_BEYOND = 10; // so many values have to exceed a percentile

  SlicedLatencies {
    slices = List.copyOf(slices);
  }

  static SlicedLatencies service(Summary summary) {
    return of(summary, summary.service(), TimeSeries.Interval::service);
  }

  static SlicedLatencies response(Summary summary) {
    return of(summary, summary.response(), TimeSeries.Interval::response);
  }

  private static SlicedLatencies of(
      Summary summary, Latencies whole, Function<TimeSeries.Interval, Latencies> times) {
    List<EncodedLatencies> slices =
        slices(summary, times).stream().map(Latencies::encoded).toList();
    return new SlicedLatencies(whole.encoded(), slices);
  }

  /** An interval belongs to the slice that its middle is in; what ended later to the last. */
  private static List<Latencies> slices(
      Summary summary, Function<TimeSeries.Interval, Latencies> times) {
    TimeSeries series = summary.series();
    double intervalsInSlice = intervals(summary) / SlicedQuantile.SLICES;
    if (intervalsInSlice < 1) return List.of();
    List<Latencies> slices =
        new ArrayList<>(Collections.nCopies(SlicedQuantile.SLICES, Latencies.EMPTY));
    for (int i = 0; i < series.intervals().size(); i++) {
      int slice = (int) Math.min((i + 0.5) / intervalsInSlice, SlicedQuantile.SLICES - 1);
      slices.set(slice, slices.get(slice).plus(times.apply(series.intervals().get(i))));
    }
    return slices;
  }

  /** How many there are in the run's time, the part of one included. */
  private static double intervals(Summary summary) {
    return (double) summary.duration().toNanos() / summary.series().interval().toNanos();
  }

  /** What keeps a percentile from being compared, in words; null if nothing does. */
  @Nullable String missing(double percentile) {
    long needed = (long) Math.ceil(100 * MIN_BEYOND / (100 - percentile) - 1e-6);
    if (whole.count() < needed) {
      return "had " + whole.count() + " successes, and it takes " + needed;
    }
    if (slices.isEmpty()) return "had fewer than ten intervals, too few for ten slices";
    for (int i = 0; i < slices.size(); i++) {
      if (slices.get(i).count() == 0) return "had no success in slice " + (i + 1) + " of 10";
    }
    return null;
  }

  /** A percentile from which nothing is {@linkplain #missing}. */
  SlicedQuantile quantile(double percentile) {
    double[] nanos = slices.stream().mapToDouble(slice -> nanos(slice, percentile)).toArray();
    return SlicedQuantile.of(nanos(whole, percentile), nanos);
  }

  private static double nanos(EncodedLatencies latencies, double percentile) {
    return latencies.latencies().p(percentile).toNanos();
  }
}
