package dev.broadside.junit;

import dev.broadside.users.LoadProfile;
import java.util.function.Supplier;
import org.junit.platform.commons.support.ReflectionSupport;

/** The load that a class makes. */
final class ReadyProfile {
  private ReadyProfile() {}

  /** What it makes; any, where that is a fault. */
  static LoadProfile of(Class<? extends Supplier<? extends LoadProfile>> type, Faults faults) {
    try {
      LoadProfile profile = ReflectionSupport.newInstance(type).get();
      if (profile != null) {
        faults.addIf(
            !profile.hasEnd(),
            type.getName()
                + " makes a load without an end: give it a hold, a duration, or iterations");
        return profile;
      }
      faults.add(type.getName() + " makes no load: its get() gives null");
    } catch (Exception | LinkageError e) { // of reflection too, which declares none
      faults.add(type.getName() + " makes no load: " + reason(e));
    }
    return LoadProfile.closed();
  }

  private static String reason(Throwable failure) {
    return failure instanceof NoSuchMethodException || failure instanceof InstantiationException
        ? "it is no class with a constructor without parameters"
        : failure.toString();
  }
}
