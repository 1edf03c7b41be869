package dev.broadside.junit;

import dev.broadside.users.ClosedProfile;
import dev.broadside.users.LoadProfile;
import dev.broadside.users.OpenProfile;
import java.time.Duration;
import java.util.List;

/** Makes the load of a {@link LoadTest} whose settings go together. */
final class ProfileBuilder {
  private final LoadTest test;
  private final TextSettings texts;
  private final Faults faults;

  ProfileBuilder(LoadTest test, TextSettings texts, Faults faults) {
    this.test = test;
    this.texts = texts;
    this.faults = faults;
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
    ClosedProfile profile = LoadProfile.closed().rampTo(Math.max(1, test.users()), texts.rampUp());
    List<Duration> pacing = texts.pacing();
    if (!pacing.isEmpty()) profile = profile.pacing(pacing.get(0), pacing.get(1));
    List<Duration> thinkTime = texts.thinkTime();
    if (!thinkTime.isEmpty()) profile = profile.thinkTime(thinkTime.get(0), thinkTime.get(1));
    if (test.iterationsPerUser() > 0) profile = profile.iterationsPerUser(test.iterationsPerUser());
    if (test.iterations() > 0) profile = profile.iterations(test.iterations());
    if (test.seed().length > 0) profile = profile.seed(test.seed()[0]);
    return test.duration().isEmpty() ? profile : profile.duration(texts.duration());
  }

  private OpenProfile open() {
    OpenProfile profile =
        LoadProfile.open().rampTo(texts.rate(), texts.rampUp()).overflow(test.overflow());
    if (test.maxUsers() > 0) profile = profile.maxUsers(test.maxUsers());
    if (test.iterations() > 0) profile = profile.iterations(test.iterations());
    if (test.poisson()) profile = profile.poisson();
    if (test.seed().length > 0) profile = profile.poisson(test.seed()[0]);
    return test.duration().isEmpty() ? profile : profile.duration(texts.duration());
  }
}
