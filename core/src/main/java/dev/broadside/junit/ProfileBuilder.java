package dev.broadside.junit;

import dev.broadside.users.ClosedProfile;
import dev.broadside.users.LoadProfile;
import dev.broadside.users.LoadUnits;
import dev.broadside.users.OpenProfile;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Makes the load of a {@link LoadTest} whose settings go together. */
final class ProfileBuilder {
  private final LoadTest test;
  private final Faults faults;
  private final Duration rampUp;
  private final Duration duration;

  ProfileBuilder(LoadTest test, Faults faults, Duration rampUp, Duration duration) {
    this.test = test;
    this.faults = faults;
    this.rampUp = rampUp;
    this.duration = duration;
  }

  LoadProfile profile() {
    try {
      return test.rate().isEmpty() ? closed() : open();
    } catch (IllegalArgumentException | IllegalStateException e) {
      faults.add(String.valueOf(e.getMessage()));
      return LoadProfile.closed();
    }
  }

  private ClosedProfile closed() {
    ClosedProfile profile = LoadProfile.closed().rampTo(Math.max(1, test.users()), rampUp);
    if (test.pacing().length > 0) {
      List<Duration> range = range("pacing", test.pacing());
      profile = profile.pacing(range.get(0), range.get(range.size() - 1));
    }
    if (test.thinkTime().length > 0) {
      List<Duration> range = range("thinkTime", test.thinkTime());
      profile = profile.thinkTime(range.get(0), range.get(range.size() - 1));
    }
    if (test.iterationsPerUser() > 0) profile = profile.iterationsPerUser(test.iterationsPerUser());
    if (test.iterations() > 0) profile = profile.iterations(test.iterations());
    if (test.seed().length > 0) profile = profile.seed(test.seed()[0]);
    return test.duration().isEmpty() ? profile : profile.duration(duration);
  }

  private static List<Duration> range(String name, String[] times) {
    if (times.length > 2) {
      throw new IllegalArgumentException(name + " has more than the least and the most time");
    }
    return Stream.of(times).map(LoadUnits::time).toList();
  }

  private OpenProfile open() {
    OpenProfile profile = LoadProfile.open().rampTo(rate(), rampUp).overflow(test.overflow());
    if (test.maxUsers() > 0) profile = profile.maxUsers(test.maxUsers());
    if (test.iterations() > 0) profile = profile.iterations(test.iterations());
    if (test.poisson()) profile = profile.poisson();
    if (test.seed().length > 0) profile = profile.poisson(test.seed()[0]);
    return test.duration().isEmpty() ? profile : profile.duration(duration);
  }

  private double rate() {
    double rate = LoadUnits.rate(test.rate());
    if (rate == 0)
      throw new IllegalArgumentException("rate = " + test.rate() + " makes no arrivals");
    return rate;
  }
}
