package dev.broadside.junit;

import dev.broadside.users.LoadUnits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/** What is wrong with an annotation, all of it. */
final class Faults {
  private final List<String> faults = new ArrayList<>();

  void add(String fault) {
    faults.add(fault);
  }

  boolean isEmpty() {
    return faults.isEmpty();
  }

  void addIf(boolean wrong, String fault) {
    if (wrong) add(fault);
  }

  /** A time as written; zero where nothing is, or nothing that can be read. */
  Duration time(String name, String text) {
    if (text.isEmpty()) return Duration.ZERO;
    try {
      return LoadUnits.time(text);
    } catch (IllegalArgumentException e) {
      add(name + ": " + e.getMessage());
      return Duration.ZERO;
    }
  }

  /**
   * Throws them, if there are any.
   *
   * @param test whose they are
   */
  void throwAny(String test) {
    if (faults.isEmpty()) return;
    throw new ExtensionConfigurationException(
        "@LoadTest of " + test + ": " + String.join("; ", faults));
  }
}
