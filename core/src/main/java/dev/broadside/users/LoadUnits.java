package dev.broadside.users;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads times ({@code 10s}) and rates ({@code 500/s}) as configurations and annotations have them.
 */
public final class LoadUnits {
  private static final Pattern NUMBER_AND_UNIT =
      Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*(\\S*)");
  private static final Map<String, Duration> TIMES =
      Map.of(
          "us", Duration.ofNanos(1000),
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1));
  private static final Map<String, Double> RATES =
      Map.of("/s", 1.0, "/min", 1.0 / 60, "/h", 1.0 / 3600);

  static final double MAX_RATE = 1e9; // in a second

  private static final long SECOND = 1_000_000_000;

  private LoadUnits() {}

  /** A time as people write it: {@code 1m30s}, {@code 10ms}, {@code 1.5us}. */
  static String text(Duration time) {
    long nanos = time.toSeconds() == 0 ? time.toNanos() : SECOND;
    if (nanos == 0 || nanos >= SECOND) return time.toString().substring(2).toLowerCase(Locale.ROOT);
    return nanos >= SECOND / 1000 ? decimal(nanos, 6) + "ms" : decimal(nanos, 3) + "us";
  }

  private static String decimal(long nanos, int places) {
    return BigDecimal.valueOf(nanos, places).stripTrailingZeros().toPlainString();
  }

  /**
   * A time: a number and {@code us}, {@code ms}, {@code s}, {@code m} or {@code h}.
   *
   * @throws IllegalArgumentException quoting the text and saying what is expected
   */
  public static Duration time(String text) {
    Matcher parts = NUMBER_AND_UNIT.matcher(text.strip());
    Duration unit = parts.matches() ? TIMES.get(parts.group(2)) : null;
    if (unit == null) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is no time; expected a number and us, ms, s, m or h, as in 10s");
    }
    BigDecimal nanos = new BigDecimal(parts.group(1)).multiply(BigDecimal.valueOf(unit.toNanos()));
    if (nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is too long; expected 292 years at most");
    }
    return Duration.ofNanos(nanos.longValue());
  }

  /**
   * A rate in a second: a number and {@code /s}, {@code /min} or {@code /h}.
   *
   * @throws IllegalArgumentException quoting the text and saying what is expected
   */
  public static double rate(String text) {
    Matcher parts = NUMBER_AND_UNIT.matcher(text.strip());
    Double unit = parts.matches() ? RATES.get(parts.group(2)) : null;
    if (unit == null) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is no rate; expected a number and /s, /min or /h, as in 500/s");
    }
    double rate = Double.parseDouble(parts.group(1)) * unit;
    if (rate <= MAX_RATE) return rate;
    throw new IllegalArgumentException("\"" + text + "\" is too much; expected 1e9/s at most");
  }
}
