package dev.broadside.junit;

import dev.broadside.users.LoadUnits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
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
    Duration time = read(name, text, LoadUnits::time);
    return time == null ? Duration.ZERO : time;
  }

  /** The same of one that may not be zero. */
  Duration timeAboveZero(String name, String text) {
    Duration time = read(name, text, LoadUnits::time);
    addIf(time != null && time.isZero(), name + " = " + text + " is no time at all");
    return time == null ? Duration.ZERO : time;
  }

  /** What is written; null where nothing is, or nothing that can be read. */
  private <T> @Nullable T read(String name, String text, Function<String, T> reader) {
    return text.isEmpty() ? null : written(name, text, reader);
  }

  private <T> @Nullable T written(String name, String text, Function<String, T> reader) {
    try {
      return reader.apply(text);
    } catch (IllegalArgumentException e) {
      add(name + ": " + e.getMessage());
      return null;
    }
  }

  /** The least and the most of times, the same where there is one; empty where nothing is. */
  List<Duration> range(String name, String[] texts) {
    addIf(texts.length > 2, name + ": more than the least and the most time");
    List<Duration> times = new ArrayList<>();
    for (String text : texts) {
      Duration time = written(name, text, LoadUnits::time);
      times.add(time == null ? Duration.ZERO : time);
    }
    if (times.size() == 1) return List.of(times.get(0), times.get(0));
    addIf(
        times.size() == 2 && times.get(0).compareTo(times.get(1)) > 0,
        name + " = " + String.join(", ", texts) + ": expected the least time first");
    return times;
  }

  /** So many of a hundred, as in {@code 10%}; zero where that cannot be read. */
  double percent(String name, String text) {
    Matcher percent = PERCENT.matcher(text.strip());
    if (percent.matches()) return Double.parseDouble(percent.group(1));
    add(name + ": \"" + text + "\" is no share; expected a number and %, as in 10%");
    return 0;
  }

  /** Arrivals in a second as written; zero where nothing is, or nothing that can be read. */
  double rate(String name, String text) {
    Double rate = read(name, text, LoadUnits::rate);
    addIf(rate != null && rate == 0, name + " = " + text + " makes no arrivals");
    return rate == null ? 0 : rate;
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
