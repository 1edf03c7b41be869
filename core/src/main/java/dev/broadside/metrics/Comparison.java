package dev.broadside.metrics;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How a threshold compares what was measured with its limit. */
enum Comparison {
  BELOW("<"),
  AT_MOST("<="),
  ABOVE(">"),
  AT_LEAST(">=");

  final String sign;

  Comparison(String sign) {
    this.sign = sign;
  }

  /** The one with this sign; null if there is none. */
  static @Nullable Comparison of(@Nullable String sign) {
    return Arrays.stream(values())
        .filter(comparison -> Objects.equals(comparison.sign, sign))
        .findFirst()
        .orElse(null);
  }

  boolean holds(double measured, double limit) {
    return switch (this) {
      case BELOW -> measured < limit;
      case AT_MOST -> measured <= limit;
      case ABOVE -> measured > limit;
      case AT_LEAST -> measured >= limit;
    };
  }

  /** Whether it bounds what was measured from above. */
  boolean isUpperBound() {
    return this == BELOW || this == AT_MOST;
  }

  /** Whether anything from 0 to the largest value possible can hold. */
  boolean canHold(double limit, double largest) {
    return holds(isUpperBound() ? 0 : largest, limit);
  }
}
