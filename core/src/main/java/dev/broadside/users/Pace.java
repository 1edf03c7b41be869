package dev.broadside.users;

import java.time.Duration;

/**
 * When a user of a closed profile begins its next iteration.
 *
 * @param kind how the time is meant
 * @param least the shortest that is drawn
 * @param most the longest
 */
record Pace(Kind kind, Duration least, Duration most) {
  static final Pace NONE = new Pace(Kind.NONE, Duration.ZERO, Duration.ZERO);

  /** How the time is meant. */
  enum Kind {
    /** At once. */
    NONE,
    /** So long after the last intended start. */
    PACING,
    /** So long after the last start, or at once when that is over. */
    RESTARTING,
    /** So long after the end of the last one. */
    THINK_TIME
  }

  static Pace between(Kind kind, Duration least, Duration most) {
    if (least.isNegative()) throw new IllegalArgumentException("time < 0: " + least);
    if (kind == Kind.PACING && least.isZero()) {
      throw new IllegalArgumentException("pacing <= 0: " + least);
    }
    if (most.compareTo(least) < 0) {
      throw new IllegalArgumentException("most < least: " + most + " < " + least);
    }
    return new Pace(kind, least, most);
  }

  Pace restarting() {
    if (kind != Kind.PACING && kind != Kind.RESTARTING) {
      throw new IllegalStateException("restart() goes with a pacing");
    }
    return new Pace(Kind.RESTARTING, least, most);
  }

  /** Whether there is an intended start that an actual one can be compared with. */
  boolean isSchedule() {
    return kind == Kind.PACING;
  }

  /** Whether its times are drawn from a range. */
  boolean isDrawn() {
    return !least.equals(most);
  }

  /** What is drawn. */
  String word() {
    return kind == Kind.THINK_TIME ? "think time" : "pacing";
  }

  @Override
  public String toString() {
    String range =
        isDrawn() ? LoadUnits.text(least) + " to " + LoadUnits.text(most) : LoadUnits.text(least);
    return word() + " " + range + (kind == Kind.RESTARTING ? ", restarting" : "");
  }
}
