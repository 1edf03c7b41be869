package dev.broadside.users;

import java.util.SplittableRandom;

/**
 * The intended starts of a profile, one after the other, for those who begin their iterations
 * without a {@link UserPool}. A closed profile's are for one user, by its pacing or its think time,
 * whatever its stages say; an open one's are for all who share this object, first come first
 * served. Thread-safe.
 */
public final class IntendedStarts {
  /** There is none any more. */
  public static final long NONE = Long.MAX_VALUE;

  private final Schedule schedule;
  private final boolean isSchedule;

  private IntendedStarts(Schedule schedule, boolean isSchedule) {
    this.schedule = schedule;
    this.isSchedule = isSchedule;
  }

  /** Those of this profile. */
  public static IntendedStarts of(LoadProfile profile) {
    long seed = profile.seed().orElseGet(() -> new SplittableRandom().nextLong());
    if (profile instanceof OpenProfile open) {
      return new IntendedStarts(new SharedArrivals(new Arrivals(open, seed)), true);
    }
    Pace pace = ((ClosedProfile) profile).pace();
    Pacer pacer = new Pacer(pace, seed);
    return new IntendedStarts((now, before) -> earlier(pacer.due(now), before), pace.isSchedule());
  }

  private static long earlier(long due, long before) {
    return due < before ? due : NONE;
  }

  /**
   * When the next iteration is to begin of a user that is free now; every call is for one more. An
   * open profile begins when it is asked first. All is nanoseconds of the caller's clock.
   *
   * @param before from when on the user is not there any more
   * @return {@link #NONE} if there is none before that; others may still take it
   */
  public synchronized long next(long now, long before) {
    return schedule.next(now, before);
  }

  /** Whether lateness means something; where it does not, what is due begins when it can. */
  public boolean isSchedule() {
    return isSchedule;
  }

  private interface Schedule {
    long next(long now, long before);
  }

  /** Arrivals on the clock of whoever came first. */
  private static final class SharedArrivals implements Schedule {
    private final Arrivals arrivals;
    private boolean begun;
    private long begin;

    SharedArrivals(Arrivals arrivals) {
      this.arrivals = arrivals;
    }

    @Override
    public long next(long now, long before) {
      if (!begun) begin = now;
      begun = true;
      long next = arrivals.next();
      if (next == Arrivals.NONE || begin + next >= before) return NONE;
      arrivals.advance();
      return begin + next;
    }
  }
}
