package dev.broadside.users;

import java.util.ArrayList;
import java.util.List;

/**
 * The rate of arrivals over the time of a profile, and the way back from its integral to the time.
 * Every time is computed from the beginning of its piece, so nothing drifts. Asked for integrals
 * that never become smaller, since it forgets the pieces that are over. Only one thread may use it.
 */
final class RateCurve {
  /** What no arrival reaches. */
  static final long NEVER = Long.MAX_VALUE;

  private final List<Piece> pieces = new ArrayList<>();
  private int current;

  /** The rate of these stages; the last level goes on. */
  RateCurve(List<Stage> stages) {
    double level = 0;
    Piece last = new Piece(0, 0, 0, 0, 0);
    for (Stage stage : stages) {
      last = add(last.next(stage.ramp().toNanos(), level, stage.level()));
      level = stage.level();
      if (stage.hold() != null) last = add(last.next(stage.hold().toNanos(), level, level));
    }
    add(last.next(NEVER - last.endNanos, level, level));
  }

  private Piece add(Piece piece) {
    pieces.add(piece);
    return piece;
  }

  /** When the integral goes beyond this value, in nanoseconds since the beginning. */
  long nanosBeyond(double integral) {
    for (; current < pieces.size(); current++) {
      long nanos = pieces.get(current).nanosBeyond(integral);
      if (nanos != NEVER) return nanos;
    }
    return NEVER;
  }

  /** The integral at a moment that is in none of the pieces that are over. */
  double integralAt(long nanos) {
    int at = current;
    while (at < pieces.size() - 1 && pieces.get(at).endNanos <= nanos) at++;
    return pieces.get(at).integralAt(nanos);
  }

  /** The highest rate there ever is, in a second. */
  double peak() {
    return pieces.stream().mapToDouble(piece -> Math.max(piece.from, piece.to)).max().orElse(0);
  }

  /**
   * A time in which the rate changes evenly.
   *
   * @param before the integral at its start
   * @param from the rate at its start, in a second
   * @param to the rate at its end
   */
  private record Piece(long startNanos, long endNanos, double before, double from, double to) {
    private static final int ROUNDED = 4; // so many last places that sums may be wrong by

    Piece next(long nanos, double from, double to) {
      return new Piece(endNanos, Math.addExact(endNanos, nanos), after(), from, to);
    }

    private double seconds() {
      return (endNanos - startNanos) / 1e9;
    }

    private double after() {
      return before + (from + to) / 2 * seconds();
    }

    double integralAt(long nanos) {
      double passed = (nanos - startNanos) / 1e9;
      double slope = seconds() == 0 ? 0 : (to - from) / seconds();
      return before + (from + slope * passed / 2) * passed;
    }

    /** Never, if that is not within this time. */
    long nanosBeyond(double integral) {
      double after = after();
      if (integral >= after - ROUNDED * Math.ulp(after)) return NEVER;
      long nanos = startNanos + Math.round(secondsTo(Math.max(0, integral - before)) * 1e9);
      return nanos < endNanos ? nanos : NEVER;
    }

    /** The root of {@code from x + (to - from) / seconds / 2 x² = area}, the way that is exact. */
    private double secondsTo(double area) {
      if (area == 0) return 0;
      double twice = 2 * (to - from) / seconds() * area;
      return 2 * area / (from + Math.sqrt(Math.max(0, from * from + twice)));
    }
  }
}
