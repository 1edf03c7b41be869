package dev.broadside.report;

import java.time.Duration;
import java.util.Locale;

/** Figures in the unit that fits their magnitude: {@code 1.2 ms}, {@code 340 µs}, {@code 2.1 s}. */
public final class Units {
  private static final String[] TIME_UNITS = {"ns", "µs", "ms", "s"};

  private Units() {}

  /** A time with two significant digits, or all before the point. */
  public static String time(Duration duration) {
    double value = duration.toNanos();
    if (value == 0) return "0";
    int unit = 0;
    while (unit < TIME_UNITS.length - 1 && Math.rint(value) >= 1000) {
      value /= 1000;
      unit++;
    }
    return twoDigits(value, unit > 0) + " " + TIME_UNITS[unit];
  }

  private static String twoDigits(double value, boolean divisible) {
    boolean small = divisible && value < 9.95;
    return String.format(Locale.ROOT, small ? "%.1f" : "%.0f", value);
  }

  /** A count, its digits in groups of three. */
  public static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** A part of a whole in percent, with two significant digits. */
  public static String share(long part, long whole) {
    double percent = whole == 0 ? 0 : 100.0 * part / whole;
    return String.format(Locale.ROOT, percent < 9.95 ? "%.2g %%" : "%.0f %%", percent);
  }

  /** So many in a second. */
  public static String rate(double perSecond) {
    boolean small = perSecond > 0 && perSecond < 9.95;
    return String.format(Locale.ROOT, small ? "%.1f/s" : "%,.0f/s", perSecond);
  }
}
