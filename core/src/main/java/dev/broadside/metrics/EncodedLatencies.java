package dev.broadside.metrics;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/**
 * Latencies in few bytes: some two hundred where a {@link Latencies} takes a hundred thousand.
 * Immutable.
 */
final class EncodedLatencies {
  private final byte[] histogram; // in HdrHistogram's own encoding
  private final long count;
  private final long minNanos;
  private final long maxNanos;
  private final double sumNanos;

  private EncodedLatencies(
      byte[] histogram, long count, long minNanos, long maxNanos, double sumNanos) {
    this.histogram = histogram;
    this.count = count;
    this.minNanos = minNanos;
    this.maxNanos = maxNanos;
    this.sumNanos = sumNanos;
  }

  static EncodedLatencies of(Histogram histogram, long minNanos, long maxNanos, double sumNanos) {
    ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
    int length = histogram.encodeIntoByteBuffer(buffer);
    byte[] encoded = Arrays.copyOf(buffer.array(), length);
    return new EncodedLatencies(encoded, histogram.getTotalCount(), minNanos, maxNanos, sumNanos);
  }

  /** A histogram of its own, which may be written to. */
  Histogram decoded() {
    Histogram decoded = Histogram.decodeFromByteBuffer(ByteBuffer.wrap(histogram), 0);
    decoded.setAutoResize(true);
    return decoded;
  }

  Latencies latencies() {
    return new Latencies(decoded(), minNanos, maxNanos, sumNanos);
  }

  /**
   * Reads a histogram that {@link #base64} wrote.
   *
   * @throws RuntimeException if it is none
   */
  static EncodedLatencies parse(String base64, long minNanos, long maxNanos, double sumNanos) {
    ByteBuffer compressed = ByteBuffer.wrap(Base64.getDecoder().decode(base64));
    try {
      Histogram histogram = Histogram.decodeFromCompressedByteBuffer(compressed, 0);
      return of(histogram, minNanos, maxNanos, sumNanos);
    } catch (DataFormatException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** The histogram compressed, as the logs of HdrHistogram have it. */
  String base64() {
    Histogram decoded = decoded();
    ByteBuffer buffer = ByteBuffer.allocate(decoded.getNeededByteBufferCapacity());
    int length = decoded.encodeIntoCompressedByteBuffer(buffer);
    return Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length));
  }

  long count() {
    return count;
  }

  long minNanos() {
    return minNanos;
  }

  long maxNanos() {
    return maxNanos;
  }

  double sumNanos() {
    return sumNanos;
  }
}
