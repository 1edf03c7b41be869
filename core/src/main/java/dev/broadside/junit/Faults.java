package dev.broadside.junit;

import dev.broadside.users.LoadUnits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/** What is wrong with an annotation, all of it. */
final class Faults {
  private static final Pattern PERCENT = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*%");

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

  /** So many of a hundred, as in {@code 10%}; zero where that cannot be read. */
  double percent(String name, String text) {
    Matcher percent = PERCENT.matcher(text.strip());
    if (percent.matches()) return Double.parseDouble(percent.group(1));
    add(name + ": \"" + text + "\" is no share; expected a number and %, as in 10%");
    return 0;
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
