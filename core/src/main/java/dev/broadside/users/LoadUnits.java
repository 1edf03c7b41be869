package dev.broadside.users;

import java.math.BigDecimal;
import java.time.Duration;
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

  private LoadUnits() {}

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
    return Double.parseDouble(parts.group(1)) * unit;
  }
}
