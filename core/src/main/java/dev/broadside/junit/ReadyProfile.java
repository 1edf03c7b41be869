package dev.broadside.junit;

import dev.broadside.users.LoadProfile;
import java.util.function.Supplier;
import org.junit.platform.commons.support.ReflectionSupport;

/** The load that a class makes. */
final class ReadyProfile {
  private ReadyProfile() {}

  /** What it makes; any, where that is a fault. */
  static LoadProfile of(Class<? extends Supplier<? extends LoadProfile>> type, Faults faults) {
    LoadProfile profile = LoadProfile.closed();
    try {
      profile = ReflectionSupport.newInstance(type).get();
      faults.addIf(!profile.hasEnd(), type.getName() + " makes a load without an end");
    } catch (Exception e) { // also what a missing constructor throws
      faults.add(type.getName() + " makes no load: " + e);
    }
    return profile;
  }
}
