package dev.broadside.metrics;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A kind of figure that a threshold can be on: its units, its words, its bounds. */
enum Quantity {
  /** In nanoseconds; what took longer than an hour counts as an hour. */
  TIME("is a time and needs", "us, ms, s or m, as in 200ms", 3600e9),
  /** In percent. */
  SHARE("is a share and needs", "%, as in 1%", 100),
  /** In a second. */
  RATE("needs", "/s or /min, as in 500/s", Double.POSITIVE_INFINITY),
  /** A mere number. */
  COUNT("takes", "no unit, as in 1000", Double.POSITIVE_INFINITY);

  private static final Map<String, Double> NANOS =
      Map.of("m", 60e9, "s", 1e9, "ms", 1e6, "us", 1e3, "\u00b5s", 1e3, "\u03bcs", 1e3); // both mu
  private static final Map<String, Double> PER_SECOND = Map.of("/s", 1.0, "/min", 1.0 / 60);

  private static final int DIGITS = 3; // those of a percentile
  private static final int MOST_DIGITS = 15;
  private static final String[] TIME_UNITS = {" ns", " µs", " ms", " s"};

  /** What it is to its units, in words. */
  final String need;

  /** Its units, in words. */
  final String units;

  /** What no figure exceeds. */
  final double largest;

  Quantity(String need, String units, double largest) {
    this.need = need;
    this.units = units;
    this.largest = largest;
  }

  /** How much one of this unit is; null if it is no unit of this quantity. */
  @Nullable Double unit(String unit) {
    return switch (this) {
      case TIME -> NANOS.get(unit);
      case SHARE -> unit.equals("%") ? 1.0 : null;
      case RATE -> PER_SECOND.get(unit);
      case COUNT -> unit.isEmpty() ? 1.0 : null;
    };
  }

  /** A limit of so many such units; times are whole nanoseconds. */
  double limit(double number, double unit) {
    return this == TIME ? Math.rint(number * unit) : number * unit;
  }

  /** A limit as the grammar has it: {@code 200ms}. */
  String text(double limit) {
    return switch (this) {
      case TIME -> time(limit);
      case SHARE -> plain(limit) + "%";
      case RATE -> plain(limit) + "/s";
      case COUNT -> plain(limit);
    };
  }

  private static String time(double nanos) {
    for (String unit : new String[] {"s", "ms"}) {
      double value = nanos / NANOS.getOrDefault(unit, 1.0);
      if (value == Math.rint(value)) return plain(value) + unit;
    }
    return plain(nanos / 1e3) + "us";
  }

  /**
   * What was measured, in words: {@code 231 ms}. Rounded to three digits, or to so many that it
   * does not look like the limit that it is not.
   */
  String measured(double value, double limit) {
    int digits = leastDigits(value);
    while (rounded(value, digits) == limit && value != limit && digits < MOST_DIGITS) digits++;
    double shown = rounded(value, digits);
    return switch (this) {
      case TIME -> magnitude(shown);
      case SHARE -> plain(shown) + " %";
      case RATE -> plain(shown) + "/s";
      case COUNT -> plain(shown);
    };
  }

  private static String magnitude(double nanos) {
    double value = nanos;
    int unit = 0;
    while (unit < TIME_UNITS.length - 1 && value >= 1000) {
      value /= 1000;
      unit++;
    }
    return plain(rounded(value, MOST_DIGITS)) + (value == 0 ? "" : TIME_UNITS[unit]);
  }

  /** Whole numbers are not rounded; times change their unit before they have so many digits. */
  private int leastDigits(double value) {
    BigDecimal exact = BigDecimal.valueOf(value);
    return this == TIME ? DIGITS : Math.max(DIGITS, exact.precision() - exact.scale());
  }

  private static double rounded(double value, int digits) {
    return BigDecimal.valueOf(value)
        .round(new MathContext(digits, RoundingMode.HALF_UP))
        .doubleValue();
  }

  private static String plain(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }
}
