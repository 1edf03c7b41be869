package dev.broadside.oct;

import com.fasterxml.jackson.databind.JsonNode;
import dev.broadside.users.LoadUnits;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads single values of a load from JSON. What is none reads as null. */
final class LoadValues {
  /** The longest time there is, about thirty years. */
  static final Duration MAX_TIME = Duration.ofSeconds(1_000_000_000);

  private static final double MAX_RATE = 1e9;

  private LoadValues() {}

  /**
   * A time, 0 or more: a number of seconds, or a text with a unit.
   *
   * @param node null where there is none
   */
  static @Nullable Duration time(@Nullable JsonNode node) {
    if (node == null) return null;
    if (node.isTextual()) return bounded(time(node.textValue()));
    boolean isTime = node.isNumber() && node.doubleValue() >= 0;
    return isTime && node.doubleValue() <= MAX_TIME.toSeconds()
        ? seconds(node.decimalValue())
        : null;
  }

  private static @Nullable Duration time(String text) {
    try {
      return LoadUnits.time(text);
    } catch (IllegalArgumentException e) {
      return null; // the caller says what is expected of its key
    }
  }

  private static @Nullable Duration bounded(@Nullable Duration time) {
    return time == null || time.compareTo(MAX_TIME) > 0 ? null : time;
  }

  private static Duration seconds(BigDecimal seconds) {
    return Duration.ofNanos(seconds.movePointRight(9).longValue());
  }

  /** A rate per second, 0 or more: a number, or a text with a unit. */
  static @Nullable Double rate(JsonNode node) {
    double rate =
        node.isTextual() ? rate(node.textValue()) : node.isNumber() ? node.doubleValue() : -1;
    return rate >= 0 && rate <= MAX_RATE ? rate : null;
  }

  private static double rate(String text) {
    try {
      return LoadUnits.rate(text);
    } catch (IllegalArgumentException e) {
      return -1; // the caller says what is expected of its key
    }
  }

  /** A whole number of at least so much that an int holds. */
  static @Nullable Integer whole(JsonNode node, int least) {
    double value = node.isNumber() ? node.doubleValue() : -1;
    boolean allowed = value == Math.rint(value) && value >= least && value <= Integer.MAX_VALUE;
    return allowed ? (Integer) (int) value : null;
  }

  /** A time, or the two ends of a range of times. */
  static @Nullable TimeRange range(@Nullable JsonNode node) {
    if (node == null || !node.isArray()) return range(time(node), time(node));
    return node.size() == 2 ? range(time(node.get(0)), time(node.get(1))) : null;
  }

  private static @Nullable TimeRange range(@Nullable Duration least, @Nullable Duration most) {
    if (least == null || most == null || most.compareTo(least) < 0) return null;
    return new TimeRange(least, most);
  }

  /** From the shortest to the longest. */
  record TimeRange(Duration least, Duration most) {}
}
