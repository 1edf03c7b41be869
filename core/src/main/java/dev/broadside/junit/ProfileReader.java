package dev.broadside.junit;

import dev.broadside.users.ArrivalOverflow;
import dev.broadside.users.LoadProfile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the load that the settings of a {@link LoadTest} make up, or that a class makes. */
final class ProfileReader {
  private static final LoadProfile NONE = LoadProfile.closed();

  private final LoadTest test;
  private final Faults faults;
  private final TextSettings texts;

  ProfileReader(LoadTest test, Faults faults) {
    this.test = test;
    this.faults = faults;
    this.texts = TextSettings.of(test, faults);
  }

  /** The load; any, where there are faults. */
  LoadProfile profile() {
    checkNumbers();
    if (test.profile().length > 0) {
      forbid("profile says all of the load", given());
      return ReadyProfile.of(test.profile()[0], faults);
    }
    checkSettings();
    return faults.isEmpty() ? new ProfileBuilder(test, texts, faults).profile() : NONE;
  }

  private void checkNumbers() {
    notNegative("users", test.users());
    notNegative("iterations", test.iterations());
    notNegative("iterationsPerUser", test.iterationsPerUser());
    notNegative("maxUsers", test.maxUsers());
    faults.addIf(test.seed().length > 1, "one seed at most");
    faults.addIf(test.profile().length > 1, "one profile at most");
  }

  private void notNegative(String name, long value) {
    faults.addIf(value < 0, name + " < 0: " + value);
  }

  private void checkSettings() {
    if (test.rate().isEmpty()) {
      forbid("without a rate there are users, not arrivals", givenForArrivals());
    } else {
      forbid("rate = " + test.rate() + " makes arrivals, not users", givenForUsers());
      faults.addIf(test.seed().length > 0 && !test.poisson(), "seed goes with poisson here");
    }
    faults.addIf(
        test.pacing().length > 0 && test.thinkTime().length > 0,
        "a load has a pacing or a think time, not both: drop pacing, or thinkTime");
    checkEnd();
  }

  private void checkEnd() {
    boolean endless =
        test.duration().isEmpty() && test.iterations() == 0 && test.iterationsPerUser() == 0;
    faults.addIf(endless, "the load has no end: give it a duration, or iterations");
    faults.addIf(
        !texts.duration().isZero() && texts.rampUp().compareTo(texts.duration()) > 0,
        "rampUp = " + test.rampUp() + " does not fit into duration = " + test.duration());
  }

  private void forbid(String reason, Map<String, Boolean> settings) {
    List<String> given =
        settings.entrySet().stream().filter(Map.Entry::getValue).map(Map.Entry::getKey).toList();
    faults.addIf(!given.isEmpty(), reason + ": drop " + String.join(", ", given));
  }

  private Map<String, Boolean> given() {
    Map<String, Boolean> given = new LinkedHashMap<>(givenForUsers());
    given.putAll(givenForArrivals());
    given.put("rampUp", !test.rampUp().isEmpty());
    given.put("duration", !test.duration().isEmpty());
    given.put("iterations", test.iterations() != 0);
    given.put("rate", !test.rate().isEmpty());
    given.put("seed", test.seed().length > 0);
    return given;
  }

  private Map<String, Boolean> givenForUsers() {
    Map<String, Boolean> given = new LinkedHashMap<>();
    given.put("users", test.users() != 0);
    given.put("iterationsPerUser", test.iterationsPerUser() != 0);
    given.put("pacing", test.pacing().length > 0);
    given.put("thinkTime", test.thinkTime().length > 0);
    return given;
  }

  private Map<String, Boolean> givenForArrivals() {
    Map<String, Boolean> given = new LinkedHashMap<>();
    given.put("maxUsers", test.maxUsers() != 0);
    given.put("overflow", test.overflow() != ArrivalOverflow.LATE);
    given.put("poisson", test.poisson());
    return given;
  }
}
